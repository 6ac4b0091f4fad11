using TeleCube.Scenarios.Tests.Given;
using TeleCube.Scenarios.Tests.Recovery;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Audio;

namespace TeleCube.Scenarios.Tests.Schemes;

/// <summary>A caller of the infoline goes through a scheme over the real wire: what he hears, and what his keys do.</summary>
public sealed class SchemeTests
{
    const double GreetingHz = 600, MenuHz = 1500, CallerHz = 900;
    const string Infoline = "+48943401128", Caller = "+48601234567";

    static readonly string _schemes = $"/api/v1/tenants/{DemoCompany.Id}/schemes";
    static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_infoline_greets_asks_and_connects()
    {
        using var prompts = Prompts();
        await using var company = await DemoCompany.Start(Settings(prompts));
        var carrier = await Carrier.Add(company);
        await Create(company, onKey1: "11");
        var office = await company.Phone("11");
        await using var farm = await PhoneFarm.Register(FarmPhone.Carrier(Caller, company.Node.Sip, carrier));

        var call = await farm[Caller].Dial(Infoline, CallerHz);
        await call.Audio.Hear(GreetingHz).WaitAsync(_patience);
        await call.Audio.Hear(MenuHz).WaitAsync(_patience);
        call.Audio.Press(1);
        await office.Rings();
        await office.Answer();
        await call.Audio.Hear(DemoCompany.Tone("11")).WaitAsync(_patience);
        await office.Hears(CallerHz, TimeSpan.FromSeconds(1));
        await call.Bye();

        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.Equal(("answered", "11", Infoline), (cdr.GetProperty("disposition").GetString(), cdr.GetProperty("callee").GetString(), cdr.GetProperty("dialledNumber").GetString()));
        await DemoCompany.Until(
            async () =>
            {
                var timeline = $"{await company.Get($"/api/v1/tenants/{DemoCompany.Id}/calls/{cdr.GetProperty("id").GetString()}/timeline")}";
                return (timeline.Contains("main/menu: the caller pressed 1", StringComparison.Ordinal), timeline);
            },
            TimeSpan.FromSeconds(30));
    }

    /// <summary>Announcement, then a menu: 1 rings an extension, the rest ends the call. The infoline leads there.</summary>
    static async Task Create(DemoCompany company, string onKey1)
    {
        await company.Send(HttpMethod.Post, _schemes, new { id = "main", name = "Infolinia", start = "hello", elements = Elements(onKey1) });
        await company.Send(HttpMethod.Put, $"{_schemes}/main/numbers", new { numbers = new[] { Infoline }, confirmReplace = true });
    }

    static object[] Elements(string onKey1) =>
    [
        new { kind = "announcement", id = "hello", sound = "prompt/please-wait", exits = new { next = "menu" } },
        new
        {
            kind = "menu",
            id = "menu",
            sound = "prompt/enter-number",
            timeoutSeconds = 30,
            exits = new Dictionary<string, string> { ["1"] = "office", ["timeout"] = "bye", ["invalid"] = "bye" },
        },
        new { kind = "extension", id = "office", number = onKey1 },
        new { kind = "hangup", id = "bye" },
    ];

    /// <summary>In place of the words, sounds that can be told apart by tone: a greeting of a second, and a menu that talks for half a minute.</summary>
    static TempFolder Prompts()
    {
        var folder = new TempFolder();
        Directory.CreateDirectory(folder["pl"]);
        WavFile.Sine(GreetingHz, TimeSpan.FromSeconds(1)).Save(folder["pl/please-wait.wav"]);
        WavFile.Sine(MenuHz, TimeSpan.FromSeconds(30)).Save(folder["pl/enter-number.wav"]);
        return folder;
    }

    static string Settings(TempFolder prompts) => $"telecube.media.prompts-directory = \"{prompts.Path}\"";
}

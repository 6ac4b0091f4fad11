using System.Globalization;
using System.Text.Json;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Scenarios.Tests.Recovery;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Audio;

namespace TeleCube.Scenarios.Tests.Queues;

/// <summary>Issue 3 §5.2: many callers in a menu and many in a queue, while a new version of their scheme is saved, and over a kill -9: nobody drops out, nobody changes place.</summary>
[Collection(Alone.Name)]
public sealed class CrowdTests
{
    const double MenuHz = 1500, MusicHz = 700, CallerHz = 900;
    const double SalesHz = 1100, OfficeHz = 1200; // what the farm's extensions 11 and 12 play
    const string Infoline = "+48943401128", Caller = "+48601234567";

    static readonly string _tenant = $"/api/v1/tenants/{DemoCompany.Id}";
    static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    /// <summary>The whole promise is 200 and 50 callers; the usual run has fewer, for a machine that does other things as well.</summary>
    static (int InMenu, int InQueue) Callers =>
        int.TryParse(Environment.GetEnvironmentVariable("TELECUBE_TEST_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) && kills >= 10 ? (200, 50) : (40, 12);

    [Fact]
    public async Task Callers_stay_where_they_are_over_a_new_version_and_a_kill()
    {
        using var prompts = Prompts();
        await using var company = await DemoCompany.Start(
            $"telecube.media.prompts-directory = \"{prompts.Path}\"\ntelecube.media.ports = 30000-32999\ntelecube.sip.ban.exempt = [\"127.0.0.0/8\"]");
        var carrier = await Carrier.Add(company);
        await company.Send(HttpMethod.Post, $"{_tenant}/queues", new { number = "1000", name = "Biuro", consultants = new[] { new { id = "11" } }, ringSeconds = 60 });
        await company.Send(HttpMethod.Post, $"{_tenant}/schemes", new { id = "main", name = "Infolinia", start = "menu", elements = Elements("12") });
        await company.Send(HttpMethod.Put, $"{_tenant}/schemes/main/numbers", new { numbers = new[] { Infoline }, confirmReplace = true });
        await using var farm = await PhoneFarm.Register(
            [FarmPhone.Carrier(Caller, company.Node.Sip, carrier), .. new[] { "11", "12", "13" }.Select(extension => new FarmPhone(extension, company.Node.Sip))]);

        var first = Assert.Single(await InMenu(farm, 1));
        first.Audio.Press(2);
        (await Incoming(farm["11"])).Answer();
        await first.Audio.Hear(SalesHz).WaitAsync(_patience);
        var waiting = await InMenu(farm, Callers.InQueue);
        foreach (var call in waiting) // one after the other: that is their order
        {
            call.Audio.Press(2);
            await call.Audio.Hear(MusicHz).WaitAsync(_patience);
        }

        var choosing = await InMenu(farm, Callers.InMenu);
        var places = await Places(company);
        Assert.Equal(waiting.Select(call => call.Id), places.Select(place => place.Call));

        await company.Send(HttpMethod.Put, $"{_tenant}/schemes/main", new { name = "Infolinia", start = "menu", elements = Elements("13", onKey2: "bye") }); // only new calls go by this
        await company.Node.Kill();
        await company.Node.StartAgain();
        await Task.WhenAll(choosing.Select(call => call.Audio.Hear(MenuHz))).WaitAsync(_patience);
        await Task.WhenAll(waiting.Select(call => call.Audio.Hear(MusicHz))).WaitAsync(_patience);
        await first.Audio.Hear(SalesHz).WaitAsync(_patience);
        await DemoCompany.Until(async () => ((await Places(company)).Count == places.Count, "not everybody is back"), _patience);
        Assert.Equal(places, await Places(company)); // in the same order, since the same times

        foreach (var call in choosing) call.Audio.Press(1);
        for (var rung = 0; rung < choosing.Count; rung++) (await Incoming(farm["12"])).Answer();
        await Task.WhenAll(choosing.Select(call => call.Audio.Hear(OfficeHz))).WaitAsync(_patience);
        await Task.WhenAll(choosing.Select(call => call.Bye())).WaitAsync(_patience);
        await first.Bye();
        foreach (var call in waiting) // in the order in which they came, or this hears nothing
        {
            (await Incoming(farm["11"])).Answer();
            await call.Audio.Hear(SalesHz).WaitAsync(_patience);
            await call.Bye();
        }

        var cdrs = (await company.Cdrs(1 + waiting.Count + choosing.Count)).ToDictionary(cdr => cdr.GetProperty("id").GetString()!);
        Assert.Equal(1 + waiting.Count + choosing.Count, cdrs.Count);
        Assert.All(cdrs.Values, cdr => Assert.Equal(("answered", 1), (cdr.GetProperty("disposition").GetString(), cdr.GetProperty("recoveries").GetInt32())));
        Assert.All(choosing, call => Assert.Equal("12", cdrs[call.Id].GetProperty("callee").GetString()));
        Assert.All(places, place => HasWaited(cdrs[place.Call], place.Since));
        Assert.Empty(farm["13"].Calls);
    }

    /// <summary>Its wait is counted from when it came, whatever happened since.</summary>
    static void HasWaited(JsonElement cdr, DateTimeOffset since)
    {
        var queue = Assert.Single(cdr.GetProperty("queues").EnumerateArray());
        Assert.Equal(("1000", "11"), (queue.GetProperty("queue").GetString(), queue.GetProperty("consultant").GetString()));
        var waited = (cdr.GetProperty("answeredAt").GetDateTimeOffset() - since).TotalSeconds;
        Assert.InRange(queue.GetProperty("waitedSeconds").GetInt32(), waited - 2, waited + 2);
    }

    static async Task<IReadOnlyList<FarmCall>> InMenu(PhoneFarm farm, int callers)
    {
        var calls = new List<FarmCall>();
        for (var number = 0; number < callers; number++) calls.Add(await farm[Caller].Dial(Infoline, CallerHz));
        await Task.WhenAll(calls.Select(call => call.Audio.Hear(MenuHz))).WaitAsync(_patience);
        return calls;
    }

    static async Task<IReadOnlyList<(string Call, DateTimeOffset Since)>> Places(DemoCompany company) =>
    [
        .. (await company.Get($"{_tenant}/queues/1000/live")).GetProperty("waiting").EnumerateArray()
            .Select(caller => (caller.GetProperty("call").GetString()!, caller.GetProperty("since").GetDateTimeOffset())),
    ];

    static async Task<FarmCall> Incoming(FarmPhone phone)
    {
        using var late = new CancellationTokenSource(_patience);
        return await phone.Incoming(late.Token);
    }

    /// <summary>A menu: 1 rings an extension, 2 leads to the queue.</summary>
    static object[] Elements(string onKey1, string onKey2 = "wait")
    {
        var exits = new Dictionary<string, string> { ["1"] = "office", ["2"] = onKey2, ["timeout"] = "bye", ["invalid"] = "bye" };
        var wait = new { kind = "queue", id = "wait", queue = "1000" };
        return
        [
            new { kind = "menu", id = "menu", sound = "prompt/enter-number", timeoutSeconds = 30, exits },
            new { kind = "extension", id = "office", number = onKey1 },
            .. onKey2 == wait.id ? new object[] { wait } : [],
            new { kind = "hangup", id = "bye" },
        ];
    }

    /// <summary>In place of words and music, sounds that can be told apart by tone; the menu talks for a minute.</summary>
    static TempFolder Prompts()
    {
        var folder = new TempFolder();
        Directory.CreateDirectory(folder["pl"]);
        Directory.CreateDirectory(folder["music"]);
        WavFile.Sine(MenuHz, TimeSpan.FromMinutes(1)).Save(folder["pl/enter-number.wav"]);
        WavFile.Sine(MusicHz, TimeSpan.FromSeconds(10)).Save(folder["music/music.wav"]);
        return folder;
    }
}

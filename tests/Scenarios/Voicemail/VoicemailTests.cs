using System.Text.Json;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Audio;
using TeleCube.Tests.Support.Http;

namespace TeleCube.Scenarios.Tests.Voicemail;

/// <summary>A message from the phone of one who called to the phone of one who was away, by real phones and a real web server; and over a kill -9.</summary>
public sealed class VoicemailTests
{
    const double GreetingHz = 1300, SavedHz = 1700, PinHz = 2100, WrongHz = 2500, MenuHz = 3000, OfferHz = 3300, SayHz = 2700;
    const string Box = $"/api/v1/tenants/{DemoCompany.Id}/extensions/11/voicemail";

    static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_caller_leaves_a_message_of_which_the_webhook_is_told_and_which_the_extension_hears_by_its_PIN_and_deletes()
    {
        using var prompts = Prompts();
        await using var web = new SmallHttpServer();
        await using var company = await DemoCompany.Start($"{Settings(prompts)}\ntelecube.webhooks.allow-private = true");
        await company.Send(HttpMethod.Put, Box, new { enabled = true, pin = "4711", webhookUrl = $"{web.Address}voicemail" });
        var caller = await company.Phone("10");
        await caller.Dial("11"); // where no phone is
        await caller.Hears(GreetingHz, _second / 2, _patience);
        await Recorded(company, TimeSpan.FromSeconds(4));
        await caller.SendDigits("#");
        await caller.Hears(SavedHz, _second / 2, _patience);
        await caller.HangUp();

        var hook = JsonDocument.Parse((await web.Asked()).Body).RootElement;
        var message = Assert.Single(await Messages(company));
        Assert.Equal((message.GetProperty("id").GetString(), "10", 1), (hook.GetProperty("message").GetString(), hook.GetProperty("caller").GetString(), hook.GetProperty("new").GetInt32()));
        Assert.True(await Heard(company, message, DemoCompany.Tone("10")) >= 2 * _second);

        var owner = await company.Phone("11");
        await owner.Dial($"sip:*9@{company.Node.Sip}");
        await owner.Hears(PinHz, _second / 2, _patience);
        await owner.SendDigits("0000#");
        await owner.Hears(WrongHz, _second / 2, _patience);
        await owner.Hears(PinHz, _second / 2, _patience);
        await owner.SendDigits("4711#");
        await owner.Hears(DemoCompany.Tone("10"), 2 * _second, _patience);
        await owner.Hears(MenuHz, _second / 2, _patience);
        Assert.True(Assert.Single(await Messages(company)).GetProperty("heard").GetBoolean());
        await owner.SendDigits("3");
        await DemoCompany.Until(async () => ((await Messages(company)).Count == 0, "the message is still there"), _patience);
        await owner.IsOver(_patience); // there are no more messages

        var cdrs = await company.Cdrs(2);
        Assert.Equal(["completed voicemail 11", "completed messages 11"], cdrs.Select(Service));
        Assert.All(cdrs, cdr => Assert.True(cdr.GetProperty("durationSeconds").GetInt32() > 0, cdr.ToString()));
    }

    [Fact]
    public async Task A_colleague_who_tries_PINs_by_the_companys_own_number_is_counted_by_his_extension()
    {
        const string Infoline = "+48943401128", Schemes = $"/api/v1/tenants/{DemoCompany.Id}/schemes";
        using var prompts = Prompts();
        await using var company = await DemoCompany.Start(Settings(prompts));
        await company.Send(HttpMethod.Put, Box, new { enabled = true, pin = "4711" });
        await company.Send(HttpMethod.Post, Schemes, new { id = "listen", name = "Poczta", start = "listen", elements = new[] { new { kind = "voicemailMenu", id = "listen", extension = "11" } } });
        await company.Send(HttpMethod.Put, $"{Schemes}/listen/numbers", new { numbers = new[] { Infoline }, confirmReplace = true });

        var colleague = await company.Phone("12");
        await colleague.Dial("943401128");
        await colleague.Hears(PinHz, _second / 2, _patience);
        await colleague.SendDigits("0000#");
        await colleague.Hears(WrongHz, _second / 2, _patience);
        var source = Assert.Single((await company.Get($"{Box}/lock")).GetProperty("sources").EnumerateArray());
        Assert.Equal(("12", 1), (source.GetProperty("source").GetString(), source.GetProperty("wrong").GetInt32()));
    }

    [Fact]
    public async Task The_owner_records_a_greeting_by_phone_and_who_calls_hears_it()
    {
        using var prompts = Prompts();
        await using var company = await DemoCompany.Start(Settings(prompts));
        await company.Send(HttpMethod.Put, Box, new { enabled = true });
        var owner = await company.Phone("11");
        await owner.Dial($"sip:*9@{company.Node.Sip}");
        await owner.Hears(OfferHz, _second / 2, _patience);
        await owner.SendDigits("5");
        await owner.Hears(SayHz, _second / 2, _patience);
        await Recorded(company, TimeSpan.FromSeconds(4));
        await owner.SendDigits("#");
        await owner.Hears(DemoCompany.Tone("11"), 2 * _second, _patience);
        await owner.HangUp();

        await company.SetExtension("11", new { description = "Biuro", doNotDisturb = true });
        var caller = await company.Phone("10");
        await caller.Dial("11");
        await caller.Hears(DemoCompany.Tone("11"), 2 * _second, _patience);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_said_before_a_kill_is_a_message_and_the_caller_is_told_so(bool onPostgres)
    {
        using var prompts = Prompts();
        await using var postgres = onPostgres ? await ThrowawayPostgres.Start() : null;
        await using var company = postgres is null ? await DemoCompany.Start(Settings(prompts)) : await DemoCompany.StartOn(await postgres.CreateDatabase(), Settings(prompts));
        await company.Send(HttpMethod.Put, Box, new { enabled = true });
        var caller = await company.Phone("10");
        await caller.Dial("11");
        await caller.Hears(GreetingHz, _second / 2, _patience);
        await Recorded(company, TimeSpan.FromSeconds(4));
        await company.Node.Kill();
        await company.Node.StartAgain();

        await caller.Hears(SavedHz, _second / 2, _patience);
        await caller.HangUp();
        var message = Assert.Single(await Messages(company));
        Assert.True(message.GetProperty("lengthSeconds").GetDouble() >= 4, message.ToString());
        Assert.True(await Heard(company, message, DemoCompany.Tone("10")) >= 2 * _second);
        Assert.Empty(Directory.GetFiles(Path.Combine(company.Node.Data, "recording")));
    }

    static string Service(JsonElement cdr) =>
        $"{cdr.GetProperty("disposition").GetString()} {cdr.GetProperty("service").GetProperty("kind").GetString()} {cdr.GetProperty("service").GetProperty("name").GetString()}";

    static async Task<IReadOnlyList<JsonElement>> Messages(DemoCompany company) => [.. (await company.Get($"{Box}/messages")).GetProperty("items").EnumerateArray()];

    /// <summary>Until so much stands on the disk: A-law, 8000 a second.</summary>
    static Task Recorded(DemoCompany company, TimeSpan length) => DemoCompany.Until(
        () =>
        {
            var bytes = Directory.GetFiles(Path.Combine(company.Node.Data, "recording")).Sum(file => new FileInfo(file).Length);
            return Task.FromResult((bytes >= 58 + (8000 * length.TotalSeconds), $"{bytes} bytes were recorded"));
        },
        _patience);

    /// <summary>How long a tone is heard in a message.</summary>
    static async Task<TimeSpan> Heard(DemoCompany company, JsonElement message, double hz)
    {
        using var client = company.Client();
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder["message.wav"], await client.GetByteArrayAsync(new Uri($"{Box}/messages/{message.GetProperty("id").GetString()}/audio", UriKind.Relative)));
        return WavFile.Load(folder["message.wav"]).Heard(hz);
    }

    /// <summary>In place of the words, sounds that can be told apart by tone; those that are not there are silence.</summary>
    static TempFolder Prompts()
    {
        var folder = new TempFolder();
        Directory.CreateDirectory(folder["pl"]);
        foreach (var (name, hz, seconds) in new[] { ("voicemail-greeting", GreetingHz, 2), ("voicemail-saved", SavedHz, 60), ("enter-pin", PinHz, 20), ("wrong-pin", WrongHz, 2), ("voicemail-menu", MenuHz, 20), ("voicemail-greeting-menu", OfferHz, 20), ("voicemail-record-greeting", SayHz, 2) })
            WavFile.Sine(hz, TimeSpan.FromSeconds(seconds)).Save(folder[$"pl/{name}.wav"]);
        return folder;
    }

    static string Settings(TempFolder prompts) => $"telecube.media.prompts-directory = \"{prompts.Path}\"";
}

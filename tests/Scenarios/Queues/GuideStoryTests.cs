using System.Globalization;
using System.Net;
using System.Text.Json;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Audio;
using TeleCube.Tests.Support.Http;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Queues;

/// <summary>
/// The story of the vendor's guide, from end to end: the infoline, hours, a greeting, a menu, a queue with the extensions 10 to 16 and a mobile; the mobile takes the
/// call and sends it on to the boss, who is told by SMS who calls.
/// </summary>
public sealed class GuideStoryTests
{
    const string Caller = "+48601000111", Mobile = "+48601222333", Boss = "+48602333444";
    const double MenuHz = 1500, AcceptHz = 1700;
    const byte TelephoneEvent = 101;
    const int FramesToBeSure = 5;

    static readonly string _company = $"/api/v1/tenants/{DemoCompany.Id}";
    static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_consultant_at_home_takes_the_call_and_passes_it_on_to_the_boss()
    {
        await using var gateway = new SmallHttpServer();
        using var prompts = Prompts();
        await using var company = await DemoCompany.Start($$"""
            telecube.sms.gateway-url = "{{gateway.Address}}send"
            telecube.media.prompts-directory = "{{prompts.Path}}"
            """);
        await using var mobile = await OutsidePhone.Add(company, Mobile);
        await using var boss = await OutsidePhone.Add(company, Boss);
        await OutsidePhone.AddExternal(company, "anna", "601222333", new { mayTransfer = true });
        await OutsidePhone.AddExternal(company, "boss", "602333444", new { shortCode = "022", presentation = "passive", sendsCallerBySms = true });
        var secretary = await company.Phone("10"); // the others of 10 to 16 have no phone
        await SetUp(company);
        var source = await Source(company);
        await using var ear = new RtpPeer(source.Address); // the caller's: SIPp itself hears nothing
        await using var caller = await CallIn(company, source, ear, keys: $"{TelephoneEvent}");
        await HearsTheMenu(caller, ear);
        ear.Press(1, TelephoneEvent);
        await secretary.Rings(_patience);
        await mobile.Rings(_patience); // once the secretary has not answered
        await mobile.Answer();
        await mobile.Records(AcceptHz, TimeSpan.FromMilliseconds(300), _patience);
        await mobile.SendDigits("1");
        await Connected(company, times: 1);
        await mobile.SendDigits("*022#");
        Assert.Contains("601000111", (await boss.Rings(_patience)).Peer, StringComparison.Ordinal);
        var sms = await gateway.Asked();
        Assert.Contains($"Dzwoni: {Caller} na numer +48943401128 (", JsonDocument.Parse(sms.Body).RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
        await boss.Answer();
        await boss.Talks();
        await mobile.IsOver();
        await Connected(company, times: 2);
        await boss.HangUp();

        var result = await caller.End();
        Assert.True(result.IsFine, result.ToString());
        await HasEveryLeg(company, Assert.Single(await company.Cdrs(1)));
    }

    [Fact]
    public async Task A_caller_whose_carrier_has_no_telephone_events_presses_by_tones()
    {
        using var prompts = Prompts();
        await using var company = await DemoCompany.Start($"telecube.media.prompts-directory = \"{prompts.Path}\"");
        await OutsidePhone.AddExternal(company, "anna", "601222333");
        var secretary = await company.Phone("10");
        await SetUp(company);
        var source = await Source(company);
        await using var ear = new RtpPeer(source.Address);
        await using var caller = await CallIn(company, source, ear, keys: "0");
        await HearsTheMenu(caller, ear);
        ear.PressTones(697, 1209);
        await secretary.Rings(_patience);
        await secretary.Answer();
        await Connected(company, times: 1);
        await secretary.HangUp();

        var result = await caller.End();
        Assert.True(result.IsFine, result.ToString());
        var queue = Assert.Single(Assert.Single(await company.Cdrs(1)).GetProperty("queues").EnumerateArray());
        Assert.Equal(("1000", "10"), (queue.GetProperty("queue").GetString(), queue.GetProperty("consultant").GetString()));
    }

    static async Task<IPEndPoint> Source(DemoCompany company)
    {
        var source = new IPEndPoint(IPAddress.Parse("127.0.9.210"), FreePorts.Take());
        await company.AddTrunk("carrier-in", source, priority: 20);
        return source;
    }

    static Task<SippRun> CallIn(DemoCompany company, IPEndPoint source, RtpPeer ear, string keys) => SippRun.Start(new()
    {
        Scenario = Carrier.Scenario("Queues/carrier-calls-infoline.xml"),
        Local = source,
        Remote = company.Node.Sip,
        Keys = new Dictionary<string, string> { ["caller"] = Caller, ["audio"] = $"{ear.Address.Port}", ["keys"] = keys },
        Calls = 1,
        Within = _patience * 4,
    });

    static async Task HearsTheMenu(SippRun caller, RtpPeer ear)
    {
        ear.Target = await caller.OtherSidesAudio(_patience);
        await ear.Until(frames => frames.Count(frame => frame.Pcm.Length > 0 && Tones.Hears(frame.Pcm, MenuHz, -20)) >= FramesToBeSure, _patience);
    }

    /// <summary>Closed by nothing, so that the test runs at any hour: the switch is off, and the hours are the whole week.</summary>
    static async Task SetUp(DemoCompany company)
    {
        await company.Send(HttpMethod.Post, $"{_company}/switches", new { id = "night", name = "Noc", code = "" });
        string[] consultants = ["10", "11", "12", "13", "14", "15", "16", "external:anna"];
        await company.Send(HttpMethod.Post, $"{_company}/queues", new
        {
            number = "1000",
            name = "Konsultanci",
            ringSeconds = 5,
            retryPauseSeconds = 1,
            consultants = consultants.Select(id => new { id, pressOne = id.StartsWith("external:", StringComparison.Ordinal) }),
        });
        string[] week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        await company.Send(HttpMethod.Post, $"{_company}/schemes", new
        {
            id = "infoline",
            name = "Infolinia",
            start = "hours",
            elements = new object[]
            {
                new
                {
                    kind = "timeCondition",
                    id = "hours",
                    periods = new object[] { new { exit = "closed", @switch = new { id = "night", on = true } }, new { exit = "open", weekdays = week } },
                    exits = new { open = "hello", closed = "end", otherwise = "end" },
                },
                new { kind = "announcement", id = "hello", sound = "prompt/no-answer", exits = new { next = "menu" } },
                new { kind = "menu", id = "menu", sound = "prompt/enter-number", timeoutSeconds = 60, exits = new Dictionary<string, string> { ["1"] = "queue", ["timeout"] = "end", ["invalid"] = "end" } },
                new { kind = "queue", id = "queue", queue = "1000" },
                new { kind = "hangup", id = "end" },
            },
        });
        await company.Send(HttpMethod.Put, $"{_company}/schemes/infoline/numbers", new { numbers = new[] { "943401128" }, confirmReplace = true });
    }

    static async Task HasEveryLeg(DemoCompany company, JsonElement cdr)
    {
        var legs = cdr.GetProperty("legs").EnumerateArray().ToList();
        Assert.Equal([Caller, "10", Mobile, Boss], legs.Select(leg => leg.GetProperty("party").GetString()));
        Assert.Equal([false, false, true, true], legs.Select(leg => leg.GetProperty("destination").ValueKind is JsonValueKind.String));
        Assert.All(legs.TakeLast(2), leg => Assert.True(decimal.Parse(leg.GetProperty("cost").GetProperty("net").GetString()!, CultureInfo.InvariantCulture) > 0, $"{leg}"));
        var queue = Assert.Single(cdr.GetProperty("queues").EnumerateArray());
        Assert.Equal(("answered", "1000", "external:anna"), (cdr.GetProperty("disposition").GetString(), queue.GetProperty("queue").GetString(), queue.GetProperty("consultant").GetString()));
        var story = await OutsidePhone.Story(company, cdr.GetProperty("id").GetString()!);
        string[] way = ["infoline/hours", "infoline/hello", "infoline/menu: the caller pressed 1", "infoline/queue"];
        Assert.All(way, step => Assert.Contains(story, entry => entry.Text.Contains(step, StringComparison.Ordinal)));
    }

    /// <summary>The caller has been connected so often.</summary>
    static Task Connected(DemoCompany company, int times) => DemoCompany.Until(
        async () =>
        {
            var call = Assert.Single(await company.Calls()).GetProperty("id").GetString();
            var timeline = await company.Get($"{_company}/calls/{call}/timeline");
            var bridged = timeline.GetProperty("items").EnumerateArray().Count(entry => entry.GetProperty("code").GetString() == "bridged");
            return (bridged == times, $"{timeline}");
        },
        _patience);

    static TempFolder Prompts()
    {
        var folder = new TempFolder();
        Directory.CreateDirectory(folder["pl"]);
        WavFile.Sine(600, TimeSpan.FromMilliseconds(500)).Save(folder["pl/no-answer.wav"]);
        WavFile.Sine(MenuHz, TimeSpan.FromMilliseconds(500)).Save(folder["pl/enter-number.wav"]);
        WavFile.Sine(AcceptHz, TimeSpan.FromSeconds(1)).Save(folder["pl/accept-call.wav"]);
        return folder;
    }
}

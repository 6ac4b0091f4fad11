using System.Text.Json;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Scenarios.Tests.Recovery;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Audio;
using TeleCube.Tests.Support.Http;

namespace TeleCube.Scenarios.Tests.Schemes;

/// <summary>Many calls that claim one number, in a scheme that asks a server which never answers and then sends an SMS: no call is held up, and few SMS go out.</summary>
public sealed class FloodTests
{
    const double GreetingHz = 600, CallerHz = 900;
    const string Infoline = "+48943401128", Caller = "+48601234567";
    const int Calls = 12, Allowed = 3;

    static readonly string _tenant = $"/api/v1/tenants/{DemoCompany.Id}";
    static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Every_call_goes_on_and_its_number_is_sent_three_SMS_also_over_a_kill()
    {
        using var prompts = new TempFolder();
        Directory.CreateDirectory(prompts["pl"]);
        WavFile.Sine(GreetingHz, TimeSpan.FromSeconds(60)).Save(prompts["pl/please-wait.wav"]);
        await using var gateway = new SmallHttpServer();
        await using var deaf = new SmallHttpServer();
        for (var i = 0; i <= Calls; i++) deaf.Answers(200, never: true);
        await using var company = await DemoCompany.Start($$"""
            telecube.media.prompts-directory = "{{prompts.Path}}"
            telecube.sip.ban.exempt = ["127.0.0.0/8"]
            telecube.sms.gateway-url = "{{gateway.Address}}send"
            telecube.webhooks { allow-private = true, questions-per-company = 4, questions-per-server = 4 }
            """);
        var carrier = await Carrier.Add(company);
        await Create(company, $"{deaf.Address}route?token=abracadabra");
        await using var farm = await PhoneFarm.Register(FarmPhone.Carrier(Caller, company.Node.Sip, carrier));

        var calls = new List<FarmCall>();
        for (var i = 0; i < Calls; i++) calls.Add(await farm[Caller].Dial(Infoline, CallerHz));
        await Task.WhenAll(calls.Select(call => call.Audio.Hear(GreetingHz))).WaitAsync(_patience);
        for (var i = 0; i < Allowed; i++) Assert.Equal(Caller, JsonDocument.Parse((await gateway.Asked()).Body).RootElement.GetProperty("to").GetString());
        await Sent(company, Allowed);
        await Task.WhenAll(calls.Select(call => call.Bye())).WaitAsync(_patience);
        var stories = new List<string>();
        foreach (var cdr in await company.Cdrs(Calls)) stories.Add(await Story(company, cdr));

        await company.Node.Kill();
        await company.Node.StartAgain();
        var late = await farm[Caller].Dial(Infoline, CallerHz);
        await late.Audio.Hear(GreetingHz).WaitAsync(_patience);
        await late.Bye();
        stories.Add(await Story(company, (await company.Cdrs(Calls + 1))[^1]));

        await Sent(company, Allowed);
        Assert.Equal(0, gateway.Unread);
        Assert.Equal(Allowed, stories.Count(story => story.Contains("main/tell: an SMS goes to", StringComparison.Ordinal)));
        Assert.Equal(Calls + 1 - Allowed, stories.Count(IsRefused));
        Assert.All(stories, story => Assert.Contains("leaves by 'error'", story, StringComparison.Ordinal));
        Assert.All(stories, story => Assert.DoesNotContain("abracadabra", story, StringComparison.Ordinal));
        Assert.DoesNotContain("abracadabra", $"{company.Node.Process.Output}", StringComparison.Ordinal);
    }

    static async Task Create(DemoCompany company, string url)
    {
        object[] elements =
        [
            new { kind = "webhook", id = "who", url, answers = new[] { "vip" }, timeoutSeconds = 1, exits = new { vip = "bye", error = "tell" } },
            new { kind = "sms", id = "tell", text = "Oddzwonimy do {name}", exits = new { next = "sent", notSent = "unsent" } },
            new { kind = "announcement", id = "sent", sound = "prompt/please-wait", exits = new { next = "bye" } },
            new { kind = "announcement", id = "unsent", sound = "prompt/please-wait", exits = new { next = "bye" } },
            new { kind = "hangup", id = "bye" },
        ];
        await company.Send(HttpMethod.Post, $"{_tenant}/schemes", new { id = "main", name = "Infolinia", start = "who", elements });
        await company.Send(HttpMethod.Put, $"{_tenant}/schemes/main/numbers", new { numbers = new[] { Infoline }, confirmReplace = true });
    }

    static Task Sent(DemoCompany company, int count) => DemoCompany.Until(
        async () =>
        {
            var log = (await company.Get($"{_tenant}/sms")).GetProperty("items").EnumerateArray().ToList();
            Assert.True(log.Count <= count, $"{log.Count} SMS");
            return (log.Count(row => row.GetProperty("state").GetString() == "sent") == count, JsonSerializer.Serialize(log));
        },
        TimeSpan.FromSeconds(30));

    static bool IsRefused(string story) =>
        story.Contains("3 SMS within 60 min", StringComparison.Ordinal) && story.Contains("leaves by 'notSent'", StringComparison.Ordinal);

    static async Task<string> Story(DemoCompany company, JsonElement cdr)
    {
        var (call, story) = (cdr.GetProperty("id").GetString(), "");
        await DemoCompany.Until(
            async () =>
            {
                story = $"{await company.Get($"{_tenant}/calls/{call}/timeline")}".Replace("\\u0027", "'", StringComparison.Ordinal);
                return (story.Contains("\"ended\"", StringComparison.Ordinal), story);
            },
            TimeSpan.FromSeconds(30));
        return story;
    }
}

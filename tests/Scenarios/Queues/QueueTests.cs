using System.Text.Json;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Scenarios.Tests.Recovery;
using TeleCube.Sip.Messages;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Audio;

namespace TeleCube.Scenarios.Tests.Queues;

/// <summary>Callers wait in a queue over the real wire (PRODUCT §5); tones tell who hears whom.</summary>
public sealed class QueueTests
{
    const double MusicHz = 700, CallerHz = 900, WelcomeHz = 1300, AcceptHz = 1700, KeptHz = 1500, AnnaHz = 2330, BossHz = 2440, CustomerHz = 2670;
    const double OfficeHz = 1100; // what the farm's extension 11 plays
    const byte Star = 10, Hash = 11;
    const string Infoline = "+48943401128", Caller = "+48601234567";

    static readonly string _tenant = $"/api/v1/tenants/{DemoCompany.Id}";
    static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_mobile_takes_the_call_by_pressing_1_and_hands_it_on_by_a_code()
    {
        using var prompts = Prompts();
        await using var company = await DemoCompany.Start(Settings(prompts));
        var carrier = await Carrier.Add(company);
        await OutsidePhone.AddExternal(company, "anna", "601222333", new { mayTransfer = true });
        await OutsidePhone.AddExternal(company, "boss", "602333444", new { shortCode = "022" });
        await Create(company, new { id = "11" }, new { id = "external:anna" });
        await Lead(company);
        await using var farm = await PhoneFarm.Register(FarmPhone.Carrier(Caller, company.Node.Sip, carrier), new FarmPhone("11", company.Node.Sip));

        var call = await farm[Caller].Dial(Infoline, CallerHz);
        await call.Audio.Hear(WelcomeHz).WaitAsync(_patience);
        await call.Audio.Hear(MusicHz).WaitAsync(_patience);
        var office = await Incoming(farm["11"]);
        var anna = await Incoming(farm[Caller]);
        anna.Answer();
        await anna.Audio.Hear(AcceptHz).WaitAsync(_patience);
        await call.Audio.Hear(MusicHz).WaitAsync(_patience); // nobody has taken the call yet
        anna.Audio.Press(1);
        await anna.Audio.Hear(CallerHz).WaitAsync(_patience);
        await call.Audio.Hear(AnnaHz).WaitAsync(_patience);
        Assert.Equal(SipMethod.Cancel, (await office.Over.WaitAsync(_patience)).Method);

        foreach (var key in new byte[] { Star, 0, 2, 2, Hash }) anna.Audio.Press(key);
        var boss = await Incoming(farm[Caller]);
        boss.Answer();
        await boss.Audio.Hear(CallerHz).WaitAsync(_patience);
        await call.Audio.Hear(BossHz).WaitAsync(_patience);
        await anna.Over.WaitAsync(_patience);
        await call.Bye();

        var cdr = Assert.Single(await company.Cdrs(1));
        var queue = Assert.Single(cdr.GetProperty("queues").EnumerateArray());
        Assert.Equal(("1000", "external:anna", "answered"), (queue.GetProperty("queue").GetString(), queue.GetProperty("consultant").GetString(), queue.GetProperty("exit").GetString()));
        Assert.Equal(4, cdr.GetProperty("legs").GetArrayLength()); // the caller's, the office's, Anna's and the boss's
        Assert.All(cdr.GetProperty("legs").EnumerateArray().Where(leg => leg.GetProperty("party").GetString() is "+48601222333" or "+48602333444"), leg => Assert.NotEqual("0.0000", leg.GetProperty("netPerMinute").GetString()));
    }

    [Fact]
    public async Task Who_asks_to_be_called_back_hangs_up_and_is_called_in_its_turn_over_a_kill_of_each_part()
    {
        using var prompts = Prompts();
        await using var company = await DemoCompany.Start(Settings(prompts));
        var carrier = await Carrier.Add(company);
        await Create(company, new { id = "11" });
        await Lead(company);
        await using var farm = await PhoneFarm.Register(FarmPhone.Carrier(Caller, company.Node.Sip, carrier), new FarmPhone("11", company.Node.Sip));
        var first = await farm[Caller].Dial(Infoline, CallerHz);
        (await Incoming(farm["11"])).Answer();
        await first.Audio.Hear(OfficeHz).WaitAsync(_patience);

        var second = await farm[Caller].Dial(Infoline, CallerHz);
        await second.Audio.Hear(MusicHz).WaitAsync(_patience);
        second.Audio.Press(5);
        await second.Audio.Hear(KeptHz).WaitAsync(_patience);
        Assert.Equal(SipMethod.Bye, (await second.Over.WaitAsync(_patience)).Method);
        await first.Bye();

        var office = await Incoming(farm["11"]);
        await KillAndStart(company); // while the consultant's phone rings
        await DemoCompany.Until(async () => (await Place(company) == (second.Id, true), "not kept"), _patience);
        office.Answer();
        var customer = await Incoming(farm[Caller]);
        await KillAndStart(company); // while the customer's does
        customer.Answer();
        await customer.Audio.Hear(OfficeHz).WaitAsync(_patience);
        await office.Audio.Hear(CustomerHz).WaitAsync(_patience);
        await customer.Bye();

        var cdrs = await company.Cdrs(3);
        Assert.Equal(["answered", "call-back", "answered"], cdrs.Select(cdr => cdr.GetProperty("disposition").GetString()));
        Assert.Equal(("outgoing", Caller, 2), (cdrs[2].GetProperty("direction").GetString(), cdrs[2].GetProperty("callee").GetString(), cdrs[2].GetProperty("recoveries").GetInt32()));
        Assert.Equal((2, 3), (farm["11"].Calls.Count(), farm[Caller].Calls.Count())); // nobody was rung twice
        Assert.Null(await Place(company));
    }

    static async Task KillAndStart(DemoCompany company)
    {
        await company.Node.Kill();
        await company.Node.StartAgain();
    }

    /// <summary>Who waits, and whether it has hung up to be called back.</summary>
    static async Task<(string Call, bool CallBack)?> Place(DemoCompany company) =>
        (await company.Get($"{_tenant}/queues/1000/live")).GetProperty("waiting").EnumerateArray().ToList() is [var only]
            ? (only.GetProperty("call").GetString()!, only.GetProperty("callBack").GetBoolean())
            : null;

    static async Task<FarmCall> Incoming(FarmPhone phone)
    {
        using var late = new CancellationTokenSource(_patience);
        return await phone.Incoming(late.Token);
    }

    static Task<JsonElement> Create(DemoCompany company, params object[] consultants) => company.Send(HttpMethod.Post, $"{_tenant}/queues", new
    {
        number = "1000",
        name = "Biuro",
        consultants,
        strategy = "all",
        welcome = "prompt/please-wait",
        callBackKey = "5",
        ringSeconds = 60,
        retryPauseSeconds = 1,
    });

    static Task<JsonElement> Lead(DemoCompany company) => company.Send(HttpMethod.Put, $"{_tenant}/phone-numbers", new
    {
        items = new[] { new { number = Infoline, forwardTo = new { kind = "queue", id = "1000" } } },
    });

    /// <summary>In place of music and words, sounds that can be told apart by tone.</summary>
    static TempFolder Prompts()
    {
        var folder = new TempFolder();
        Directory.CreateDirectory(folder["pl"]);
        Directory.CreateDirectory(folder["music"]);
        WavFile.Sine(MusicHz, TimeSpan.FromSeconds(10)).Save(folder["music/music.wav"]);
        WavFile.Sine(WelcomeHz, TimeSpan.FromSeconds(1)).Save(folder["pl/please-wait.wav"]);
        WavFile.Sine(AcceptHz, TimeSpan.FromSeconds(2)).Save(folder["pl/accept-call.wav"]);
        WavFile.Sine(KeptHz, TimeSpan.FromSeconds(2)).Save(folder["pl/callback-accepted.wav"]);
        return folder;
    }

    static string Settings(TempFolder prompts) => $"telecube.media.prompts-directory = \"{prompts.Path}\"";
}

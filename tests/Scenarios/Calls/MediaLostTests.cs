using TeleCube.Scenarios.Tests.Given;
using TeleCube.Scenarios.Tests.Recovery;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>A phone that dies without a BYE: its call ends when no audio has come for too long, also when it died while it was held.</summary>
public sealed class MediaLostTests
{
    [Fact]
    public async Task Who_falls_silent_ends_the_call_though_it_was_held_meanwhile()
    {
        await using var company = await DemoCompany.Start("telecube.media.lost-after = 8s");
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "10", "11", "12", "13");
        var (held, talks) = (await Talk(farm["10"], farm["11"], 500), await Talk(farm["12"], farm["13"], 600));

        await held.Caller.Hold();
        held.Callee.Audio.Target = null;
        talks.Callee.Audio.Target = null;
        await Task.WhenAll(talks.Caller.Over, talks.Callee.Over).WaitAsync(FarmTalk.Guard); // by now the other would have been lost as well, were it not held
        Assert.False(held.Caller.Over.IsCompleted, "who is held need not send");

        await held.Caller.Resume();
        await Task.WhenAll(held.Caller.Over, held.Callee.Over).WaitAsync(FarmTalk.Guard);
        foreach (var cdr in await company.Cdrs(2)) Assert.Equal("media-lost", cdr.GetProperty("cause").GetProperty("code").GetString());
    }

    static async Task<FarmTalk> Talk(FarmPhone from, FarmPhone to, double hz)
    {
        var talk = await FarmTalk.Ring(from, to, hz);
        await talk.Answer();
        await talk.BothHear();
        return talk;
    }
}

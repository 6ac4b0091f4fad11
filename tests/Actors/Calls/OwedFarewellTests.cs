using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Who has to be told of the end is told, once: by a CANCEL that a restart does not forget, and by one BYE.</summary>
public sealed class OwedFarewellTests
{
    readonly CallTable _call = new();

    [Fact]
    public void Phones_that_were_being_cancelled_when_we_went_down_are_cancelled_after_the_restart()
    {
        _call.Phones["11"] = 3;
        _call.Dial("11");
        _call.Answer(1, 180);
        _call.Answer(3, 486);
        var seed = _call.Call.Legs[1].Sent!.Seed;
        _call.Answer(2, 200, "bob");
        _call.FromCaller("ACK", 1);

        _call.Restart();

        Assert.Equal((1, seed), CancelledAgain());
        Assert.DoesNotContain(_call.Done<CallEffect.Invite>(), invite => invite.Leg == 1); // which might let it ring anew
        _call.Take(new CallCommand.Unanswered(1, seed, SipMethod.Invite, TransactionFailure.Timeout));
        Assert.Equal(CallPhase.Talking, _call.Call.Phase);
    }

    [Fact]
    public void So_is_the_phone_of_a_caller_who_had_just_given_up()
    {
        _call.Dial("11");
        _call.Answer(1, 180);
        var seed = _call.Call.Legs[1].Sent!.Seed;
        _call.FromCaller("BYE", 2);
        Assert.Equal(CallPhase.Over, _call.Call.Phase);

        _call.Restart();

        Assert.Equal((1, seed), CancelledAgain());
    }

    [Fact]
    public void Who_cannot_ring_any_more_is_left_alone()
    {
        _call.Dial("11");
        _call.Answer(1, 180);
        _call.FromCaller("BYE", 2);
        _call.Now += TimeSpan.FromMinutes(3);
        _call.Restart();
        Assert.Empty(_call.Done<CallEffect.CancelInvite>());
    }

    [Fact] // RFC 3261 §13.3.1.4
    public void A_reINVITE_whose_200_nobody_acknowledges_ends_in_one_BYE()
    {
        Talk();
        _call.FromCaller("INVITE", 2, "alice");
        _call.Take(new CallCommand.NotAcknowledged(_call.Call.Legs[0].Received!.Transaction));
        Assert.Single(_call.Done<CallEffect.InDialog>(), IsByeToCaller);
    }

    [Fact] // RFC 3261 §15
    public void A_first_INVITE_whose_200_nobody_acknowledges_ends_in_one_BYE()
    {
        _call.Dial("11");
        _call.Answer(1, 200, "bob");
        _call.Take(new CallCommand.NotAcknowledged(_call.Call.Legs[0].Received!.Transaction));
        Assert.Single(_call.Done<CallEffect.InDialog>(), IsByeToCaller);
    }

    [Fact]
    public void An_ACK_that_comes_after_our_BYE_calls_for_no_other()
    {
        Talk();
        _call.FromCaller("INVITE", 2, "alice");
        _call.FromCallee(1, "BYE", 2);
        Assert.Single(_call.Done<CallEffect.InDialog>(), IsByeToCaller);
        _call.FromCaller("ACK", 2);
        Assert.Empty(_call.Done<CallEffect.InDialog>());
    }

    static bool IsByeToCaller(CallEffect.InDialog sent) => sent.Leg == 0 && sent.Method == SipMethod.Bye;

    /// <summary>First the INVITE is taken up, then it can be cancelled.</summary>
    (int Leg, string Seed) CancelledAgain()
    {
        var effects = _call.Effects.ToList();
        var restored = Assert.Single(_call.Done<CallEffect.RestoreSent>());
        var cancelled = Assert.Single(_call.Done<CallEffect.CancelInvite>());
        Assert.True(effects.IndexOf(restored) < effects.IndexOf(cancelled));
        Assert.Equal((restored.Leg, restored.Sent.Seed), (cancelled.Leg, cancelled.Sent.Seed));
        return (restored.Leg, restored.Sent.Seed);
    }

    void Talk()
    {
        _call.Dial("11");
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
    }
}

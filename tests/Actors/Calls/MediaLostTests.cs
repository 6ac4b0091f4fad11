using System.Collections.Immutable;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Media.Messages;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Who has to send audio is watched from the moment on at which he has to; who stops for too long ends the call.</summary>
public sealed class MediaLostTests
{
    static readonly PlaySource _music = new PlaySource.Tone(ToneKind.Beep);
    static readonly TimeSpan _timeout = TimeSpan.FromSeconds(60);

    readonly CallTable _call = new();
    ImmutableArray<StreamPlan> _plan = [];

    [Fact]
    public void A_party_that_falls_silent_ends_the_call()
    {
        Talk();
        _call.Take(Lost(1));
        Assert.Equal((CallPhase.Over, "media-lost"), (_call.Call.Phase, _call.Call.Cause!.Code));
        Assert.Equal([0, 1], _call.Done<CallEffect.InDialog>().Where(request => request.Method == SipMethod.Bye).Select(request => request.Leg).Order());
        Assert.Equal("media-lost", _call.Events.OfType<CallEvent.Ended>().Single().Cdr.Legs[1].Cause.Code);
    }

    [Fact]
    public void Nobody_is_watched_before_the_answer_and_both_are_from_then_on()
    {
        _call.Dial("11");
        _call.Answer(1, 183, "bob");
        Assert.Empty(Watches());
        _call.Take(Lost(0));
        Assert.Equal(CallPhase.Setup, _call.Call.Phase);

        _call.Answer(1, 200, "bob");
        Assert.Equal([(Stream(0), _timeout), (Stream(1), _timeout)], Watches());
    }

    [Fact]
    public void After_a_hold_the_time_of_both_counts_anew()
    {
        Talk();
        _call.FromCaller("INVITE", 2, "alice:sendonly");
        _call.FromCaller("ACK", 2);
        Assert.Equal([(Stream(0), null), (Stream(1), null)], Watches());
        _call.Take(Lost(1)); // it crossed the hold
        Assert.Equal(CallPhase.Talking, _call.Call.Phase);

        _call.FromCaller("INVITE", 3, "alice");
        _call.FromCaller("ACK", 3);
        Assert.Equal([(Stream(0), _timeout), (Stream(1), _timeout)], Watches());
        _call.Take(Lost(1));
        Assert.Equal("media-lost", _call.Call.Cause!.Code);
    }

    [Fact]
    public void So_it_does_after_a_hold_over_the_API()
    {
        Talk();
        _call.Take(new CallCommand.Hold(1, true));
        Assert.Equal([(Stream(0), null), (Stream(1), null)], Watches());
        _call.Take(new CallCommand.Hold(1, false));
        Assert.Equal([(Stream(0), _timeout), (Stream(1), _timeout)], Watches());
    }

    [Fact]
    public void Who_talks_with_another_call_is_not_watched_while_that_one_holds()
    {
        var calls = new MeetingCalls();
        var rings = calls.Ring("10", "12");
        var taker = calls.New();
        taker.Dial("**12", new CallOrigin.Extension("11"));
        calls.Settle();
        Assert.True(Assert.Single(MediaPlan.For(rings.Call, new StreamId(7), partnerHolds: false, _music)).MustSend);
        Assert.False(Assert.Single(MediaPlan.For(rings.Call, new StreamId(7), partnerHolds: true, _music)).MustSend);
    }

    void Talk()
    {
        _call.Dial("11");
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
        Watches();
    }

    CallCommand.Media Lost(int leg) => new(new MediaEvent.Lost(Stream(leg)));

    StreamId Stream(int leg) => new(_call.Call.Legs[leg].Media!.Stream);

    /// <summary>What the engine is told to watch since it was last asked.</summary>
    List<(StreamId Stream, TimeSpan? LostAfter)> Watches()
    {
        var plan = MediaPlan.For(_call.Call, null, false, _music);
        var watches = MediaWatches.Between(_plan, plan, _call.Call, _timeout).Cast<MediaCommand.Watch>().Select(watch => (watch.Stream, watch.LostAfter)).ToList();
        _plan = plan;
        return watches;
    }
}

using System.Net;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Schemes;
using TeleCube.Api.Calls;
using TeleCube.Sip.Transport;

namespace TeleCube.Api.Tests;

/// <summary>What GET calls says of a call is what an administrator sees happen.</summary>
public sealed class CallStatesTests
{
    static readonly DateTimeOffset _now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    static readonly Leg _caller = Leg(0, LegRole.Uas, LegPhase.Talking);

    [Fact]
    public void Who_is_in_a_menu_does_not_talk()
    {
        var call = In(null);
        Assert.Equal((CallStatus.InScheme, LegStatus.InScheme), (CallView.Of(call).Status, LegOf(call, 0)));
    }

    [Fact]
    public void Who_is_in_a_queue_waits_and_the_mobile_that_is_to_press_1_is_asked()
    {
        var call = In(new SchemeWait.Queueing("1000", _now, [], 1)).With(Leg(1, LegRole.Uac, LegPhase.Ringing)).With(Leg(2, LegRole.Uac, LegPhase.Talking) with { AwaitsKey = true });
        Assert.Equal(CallStatus.Waiting, CallView.Of(call).Status);
        Assert.Equal([LegStatus.Waiting, LegStatus.Ringing, LegStatus.Asked], CallView.Of(call).Legs.Select(leg => leg.Phase));
    }

    [Fact]
    public void A_call_rings_when_its_far_end_does()
    {
        var call = new CallState { Phase = CallPhase.Setup, Legs = [Leg(0, LegRole.Uas, LegPhase.Inviting), Leg(1, LegRole.Uac, LegPhase.Inviting)] };
        Assert.Equal((CallStatus.Setup, LegStatus.Inviting), (CallView.Of(call).Status, LegOf(call, 1)));
        call = call.With(Leg(1, LegRole.Uac, LegPhase.Ringing));
        Assert.Equal((CallStatus.Ringing, LegStatus.Ringing), (CallView.Of(call).Status, LegOf(call, 1)));
        Assert.Equal(CallStatus.Ringing, CallView.Of(call with { Scheme = In(new SchemeWait.Ringing(1)).Scheme }).Status); // by a scheme's element
    }

    [Fact]
    public void Those_talk_who_are_connected()
    {
        var call = new CallState { Phase = CallPhase.Talking, Legs = [_caller, Leg(1, LegRole.Uac, LegPhase.Talking), Leg(2, LegRole.Uac, LegPhase.Talking)], Talk = new Pair(0, 1) };
        Assert.Equal(CallStatus.Talking, CallView.Of(call).Status);
        Assert.Equal([LegStatus.Talking, LegStatus.Talking, LegStatus.Answered], CallView.Of(call).Legs.Select(leg => leg.Phase));
    }

    static CallState In(SchemeWait? wait) => new()
    {
        Phase = CallPhase.Setup,
        Legs = [_caller],
        Scheme = new SchemePosition(new SchemeId("main"), 1, new ElementId("menu"), new CallerId("+48600100200", null)) { Wait = wait },
    };

    static LegStatus LegOf(CallState call, int number) => CallView.Of(call).Legs.Single(leg => leg.Number == number).Phase;

    static Leg Leg(int number, LegRole role, LegPhase phase) => new()
    {
        Number = number,
        Role = role,
        Party = new Party.Phone("10"),
        Phase = phase,
        LocalTag = "tag",
        Target = new SipTarget(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5060)),
    };
}

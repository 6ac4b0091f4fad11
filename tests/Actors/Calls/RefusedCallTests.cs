using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>A call that is refused before anybody is dialled: it has its record all the same, unless what was asked is no call yet.</summary>
public sealed class RefusedCallTests
{
    readonly CallTable _call = new();

    [Theory]
    [InlineData(483, "too-many-hops")]
    [InlineData(488, "no-common-codec")]
    [InlineData(503, "no-media-port")]
    public void It_has_a_record_with_the_reason(int status, string code)
    {
        _call.NoPortIsFree = status == 503;
        var body = CallTable.Sdp("alice", 4000).Replace("AVP 8 0 101", "AVP 9", StringComparison.Ordinal);
        _call.Dial("11", extra: status == 483 ? "Max-Forwards: 0\r\n" : "", body: status == 488 ? body : null);

        var refusal = _call.Response(status);
        Assert.Contains($"cause={status}", refusal.Headers.First("Reason"), StringComparison.Ordinal);
        Assert.Equal(status == 503 ? "5" : null, refusal.Headers.First("Retry-After"));
        Assert.Equal(status == 488, refusal.Headers.First("Warning") is not null);
        var ended = Assert.IsType<CallEvent.Ended>(_call.Events[^1]);
        Assert.Equal((code, "10", "11"), (ended.Cdr.Disposition, ended.Cdr.Caller, ended.Cdr.Callee));
        Assert.Equal(code, Assert.Single(ended.Cdr.Legs).Cause.Code);
        Assert.Equal(CallPhase.Over, _call.Call.Phase);
        Assert.Empty(_call.AllEffects.OfType<CallEffect.TurnAway>());
    }

    [Theory]
    [InlineData("701234567", true, "destination-not-allowed")] // premium
    [InlineData("222333444", false, "no-trunk")]
    public void Who_is_refused_a_number_outside_has_called_out_to_it(string dialled, bool trunks, string code)
    {
        if (!trunks) (_call.Trunks, _call.PassedOver) = ([], ["first passed over: disabled"]);
        _call.Dial(dialled);
        var cdr = Assert.IsType<CallEvent.Ended>(_call.Events[^1]).Cdr;
        Assert.Equal((code, CallDirection.Outgoing), (cdr.Disposition, cdr.Direction));
        Assert.False(string.IsNullOrEmpty(cdr.Destination));
        var reason = _call.Events.OfType<CallEvent.Routed>().Single().Reason;
        Assert.Equal(!trunks, reason.EndsWith("; first passed over: disabled", StringComparison.Ordinal));
    }

    [Fact]
    public void Whom_no_trunk_would_take_has_called_out_too()
    {
        _call.Dial("222333444");
        _call.Take(new CallCommand.ChannelRefused("first", 1, "trunk-full"));
        _call.Take(new CallCommand.ChannelRefused("second", 1, "trunk-full"));
        var cdr = Assert.IsType<CallEvent.Ended>(_call.Events[^1]).Cdr;
        Assert.Equal(("no-trunk", CallDirection.Outgoing), (cdr.Disposition, cdr.Direction));
        Assert.False(string.IsNullOrEmpty(cdr.Destination));
    }

    [Theory]
    [InlineData("123")]
    [InlineData("50122233")]
    public void What_is_no_number_leads_nowhere_outside(string dialled)
    {
        _call.Dial(dialled);
        var cdr = Assert.IsType<CallEvent.Ended>(_call.Events[^1]).Cdr;
        Assert.Equal(("no-such-number", CallDirection.Internal, null), (cdr.Disposition, cdr.Direction, cdr.Destination));
    }

    [Fact]
    public void A_number_that_is_refused_anyhow_is_refused_for_its_own_reason_when_no_port_is_free()
    {
        _call.NoPortIsFree = true;
        _call.Dial("77");
        Assert.Contains("Q.850;cause=1", _call.Response(404).Headers.All("Reason").Last(), StringComparison.Ordinal);
        Assert.Equal("no-such-number", Assert.IsType<CallEvent.Ended>(_call.Events[^1]).Cause.Code);
    }

    [Fact]
    public void Who_is_asked_to_come_again_at_once_has_begun_no_call_and_is_counted()
    {
        _call.Dial("11", extra: "Supported: timer\r\nSession-Expires: 60\r\n");
        Assert.NotNull(_call.Response(422).Headers.First("Min-SE"));
        Assert.Equal(422, Assert.Single(_call.Done<CallEffect.TurnAway>()).Status);
        Assert.Empty(_call.Events);
        Assert.Equal(CallPhase.New, _call.Call.Phase);
    }

    [Theory]
    [InlineData("112")]
    [InlineData("%2331%23112")]
    [InlineData("1-1-2")]
    public void An_emergency_call_passes_every_limit_whether_or_not_its_number_is_hidden(string dialled)
    {
        _call.NoPortIsFree = true;
        _call.Dial(dialled, extra: "Max-Forwards: 0\r\nSupported: timer\r\nSession-Expires: 60\r\n");
        _call.Take(new CallCommand.ChannelGranted("first", _call.Call.Step));

        Assert.True(_call.Call.Emergency);
        Assert.Equal("112", _call.Invite(1).Sent.Request.Uri.User);
    }

    [Theory]
    [InlineData("112", true)]
    [InlineData("999", true)]
    [InlineData("#31#112", true)]
    [InlineData("#31#11", false)]
    [InlineData("#31##31#112", false)]
    [InlineData("48112", false)]
    [InlineData("1120", false)]
    [InlineData("#31#                112", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void What_calls_for_help(string? dialled, bool does) => Assert.Equal(does, TeleCube.Actors.Numbers.EmergencyNumber.IsDialled(dialled));
}

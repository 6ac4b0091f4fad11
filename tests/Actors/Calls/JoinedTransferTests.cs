using System.Text;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Sip.Messages;
using static TeleCube.Actors.Tests.Calls.MeetingCalls;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Whoever was transferred can be transferred on: extension 10 has connected 11 and 12, now the phone of 11 hands 12 to 13.</summary>
public sealed class JoinedTransferTests
{
    readonly MeetingCalls _calls = new();
    readonly CallTable _first;
    readonly CallTable _second;

    public JoinedTransferTests()
    {
        (_first, _second) = (_calls.Talk("10", "11"), _calls.Talk("10", "12"));
        Refer(_first, 0, "12", PlaceOf(_second, 0));
        _calls.Settle();
        HangUp(_first, 0);
    }

    [Fact]
    public void Blind_the_other_call_dials_and_the_first_is_over()
    {
        Refer(_first, 1, "13", cseq: 70);
        Assert.Equal(202, _first.Response(202).Status);
        _calls.Settle();
        Assert.Equal("sip:13@127.0.0.3:5061", _second.Invite(2).Sent.Request.Uri.ToString());
        _second.Answer(2, 200, "carol");
        _calls.Settle();

        Assert.Equal((new Pair(1, 2), null), (_second.Call.Talk, _second.Call.Partner));
        Assert.Contains("SIP/2.0 200", Sipfrags()[^1], StringComparison.Ordinal);
        Assert.Equal(("transferred", CallPhase.Over), (_first.Call.Cause!.Code, _first.Call.Phase));
        Assert.Equal(CallPhase.Talking, _second.Call.Phase);
    }

    [Fact]
    public void Blind_to_somebody_busy_leaves_both_as_they_were()
    {
        Refer(_first, 1, "13", cseq: 70);
        _calls.Settle();
        _second.Answer(2, 486);
        _calls.Settle();
        Assert.Contains("SIP/2.0 486", Sipfrags()[^1], StringComparison.Ordinal);
        Assert.Equal((_second.Call.Id, _first.Call.Id), (_first.Call.Partner?.Call, _second.Call.Partner?.Call));
        Assert.Equal((null, null), (_first.Call.Transfer, _second.Call.Transfer));
    }

    [Fact]
    public void A_transferor_that_left_is_rung_back_by_the_other_call()
    {
        _second.Phones["11"] = 1;
        Refer(_first, 1, "13", cseq: 70);
        _calls.Settle();
        HangUp(_first, 1, 71);
        _calls.Settle();
        Assert.Equal((CallPhase.Over, CallPhase.Talking), (_first.Call.Phase, _second.Call.Phase));

        _second.Answer(2, 486);
        Assert.Equal("sip:11@127.0.0.3:5061", _second.Invite(3).Sent.Request.Uri.ToString());
        _second.Answer(3, 200, "bob");
        Assert.Equal(new Pair(1, 3), _second.Call.Talk);
    }

    [Fact]
    public void Attended_the_other_call_is_joined_with_the_third()
    {
        var third = _calls.Talk("11", "13");
        Refer(_first, 1, "13", PlaceOf(third, 0), cseq: 70);
        _calls.Settle();
        Assert.Contains("SIP/2.0 200", Sipfrags()[^1], StringComparison.Ordinal);
        Assert.Equal((third.Call.Id, _second.Call.Id), (_second.Call.Partner?.Call, third.Call.Partner?.Call));
        Assert.Equal(CallPhase.Over, _first.Call.Phase);
    }

    [Fact]
    public void Attended_from_the_third_into_the_joined_call()
    {
        var third = _calls.Talk("11", "13");
        Refer(third, 0, "12", PlaceOf(_first, 1));
        _calls.Settle();
        Assert.Equal((third.Call.Id, _second.Call.Id), (_second.Call.Partner?.Call, third.Call.Partner?.Call));
        Assert.Equal(("transferred", CallPhase.Over), (_first.Call.Cause!.Code, _first.Call.Phase));
        Assert.Equal(CallPhase.Talking, _second.Call.Phase);
    }

    [Fact]
    public void Over_the_api_as_well()
    {
        _first.Take(new CallCommand.TransferTo(null, "13"));
        _calls.Settle();
        _second.Answer(2, 200, "carol");
        _calls.Settle();
        Assert.Equal((new Pair(1, 2), CallPhase.Over), (_second.Call.Talk, _first.Call.Phase));
    }

    [Fact]
    public void When_both_ask_at_once_both_are_told_no()
    {
        Refer(_first, 1, "13", cseq: 70);
        Refer(_second, 1, "13", cseq: 70);
        _calls.Settle();
        Assert.Contains("SIP/2.0 491", Sipfrags()[^1], StringComparison.Ordinal);
        Assert.Equal((null, null), (_first.Call.Transfer, _second.Call.Transfer));
    }

    [Fact]
    public void A_restart_in_between_loses_nothing()
    {
        Refer(_first, 1, "13", cseq: 70);
        _calls.Forget();
        _first.Restart();
        _second.Restart();
        _calls.Settle();
        _second.Answer(2, 200, "carol");
        _calls.Settle();
        Assert.Equal((new Pair(1, 2), CallPhase.Over), (_second.Call.Talk, _first.Call.Phase));
    }

    List<string> Sipfrags() =>
        [.. _first.AllEffects.OfType<CallEffect.InDialog>().Where(request => request.Method == SipMethod.Notify).Select(request => Encoding.UTF8.GetString(request.Body.Span))];
}

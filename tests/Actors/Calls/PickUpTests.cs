using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Sip.Messages;
using static TeleCube.Actors.Tests.Calls.MeetingCalls;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Call pick-up (PRODUCT §11): 10 calls 12, and 11 picks it up by <c>*8</c> or <c>**12</c>.</summary>
public sealed class PickUpTests
{
    readonly MeetingCalls _calls = new();

    CallTable PickUp(string code, string group = "")
    {
        var taker = _calls.New();
        foreach (var number in new[] { "11", "12" })
        {
            var key = ExtensionNumber.Parse(number);
            taker.Tenant = taker.Tenant with { Extensions = taker.Tenant.Extensions.SetItem(key, taker.Tenant.Extensions[key] with { PickupGroup = group.Length > 0 ? group : null }) };
        }

        taker.Dial(code, new CallOrigin.Extension("11"));
        _calls.Settle();
        return taker;
    }

    static Cdr Record(CallTable call) => call.Events.OfType<CallEvent.Ended>().Single().Cdr;

    static int? Status(CallTable call) => call.AllEffects.OfType<CallEffect.Respond>().Select(respond => respond.Response).LastOrDefault(response => response.CSeq.Method == SipMethod.Invite && response.IsFinal)?.Status;

    [Theory]
    [InlineData("**12", "")]
    [InlineData("**12#", "")]
    [InlineData("*8", "biuro")]
    public void What_rings_is_picked_up(string code, string group)
    {
        var rings = _calls.Ring("10", "12");
        var taker = PickUp(code, group);

        Assert.Contains("Call completed elsewhere", Assert.Single(rings.AllEffects.OfType<CallEffect.CancelInvite>()).Headers[0].Value, StringComparison.Ordinal);
        Assert.Equal((200, 200), (Status(rings), Status(taker)));
        Assert.Equal((new Partner(taker.Call.Id, 0), new Partner(rings.Call.Id, 0)), (rings.Call.Partner, taker.Call.Partner));
        rings.FromCaller("ACK", 1);
        taker.FromCaller("ACK", 1);

        rings.Answer(1, 487);
        Assert.Equal(CallPhase.Talking, rings.Call.Phase);
        HangUp(taker, 0);
        _calls.Settle();
        Assert.Equal(("10", "11", "answered", taker.Call.Id.Value), (Record(rings).Caller, Record(rings).Callee, Record(rings).Disposition, Record(rings).JoinedWith));
        Assert.Equal("hung-up", Record(taker).Cause.Code);
    }

    [Theory]
    [InlineData("**13", "")]
    [InlineData("*8", "")] // no group
    [InlineData("**10", "")] // it calls, and does not ring
    public void Where_nothing_rings_there_is_nothing_to_pick_up(string code, string group)
    {
        var rings = _calls.Ring("10", "12");
        var taker = PickUp(code, group);
        Assert.Equal(("nothing-to-pick-up", 480), (taker.Call.Cause!.Code, Status(taker)));
        Assert.Equal(CallPhase.Setup, rings.Call.Phase);
    }

    [Theory]
    [InlineData("**12")]
    [InlineData("*8")]
    public void Who_is_called_by_order_and_has_not_answered_is_not_picked_up_for_nobody_waits_yet(string code)
    {
        var ordered = _calls.New();
        ordered.Phones["12"] = 2;
        ordered.Take(new CallCommand.Order(CallTable.Company, "12", "600100200"));
        ordered.Answer(0, 180);
        ordered.Answer(1, 180);
        Assert.Equal("nothing-to-pick-up", PickUp(code, "biuro").Call.Cause!.Code);
        Assert.Equal((CallPhase.Setup, null), (ordered.Call.Phase, ordered.Call.Partner));
        Assert.All(ordered.Call.Legs, leg => Assert.True(leg.Live));

        // Who knows the place already and asks for it is refused, too.
        var dialog = ordered.Call.Legs[1].Dialog!;
        var taker = _calls.New();
        taker.Dial("12", new CallOrigin.Extension("11"), extra: $"Replaces: {dialog.CallId};to-tag={dialog.LocalTag};from-tag={dialog.RemoteTag}\r\n");
        _calls.Settle();
        Assert.Equal((481, null), (Status(taker), ordered.Call.Partner));
    }

    [Fact]
    public void Whom_an_ordered_call_then_rings_is_picked_up_for_who_ordered_it()
    {
        var ordered = _calls.New();
        ordered.Phones["10"] = 2;
        ordered.Take(new CallCommand.Order(CallTable.Company, "10", "12"));
        ordered.Answer(1, 200, "bob");
        ordered.Answer(2, 180);
        var taker = PickUp("**12");
        Assert.Equal((taker.Call.Id, CallPhase.Talking), (ordered.Call.Partner!.Call, ordered.Call.Phase));
        Assert.Equal(1, ordered.Call.JoinedLeg!.Number);
        Assert.True(ordered.Call.JoinedLeg.Up);
    }

    [Fact]
    public void The_group_is_not_everybody()
    {
        _calls.Ring("10", "13");
        Assert.Equal("nothing-to-pick-up", PickUp("*8", "biuro").Call.Cause!.Code);
    }

    [Fact]
    public void The_second_to_pick_up_comes_too_late()
    {
        var rings = _calls.Ring("10", "12");
        var late = _calls.New();
        late.Dial("**12", new CallOrigin.Extension("13"));
        Assert.Single(late.Told); // both have seen it ring
        var first = _calls.New();
        first.Dial("**12", new CallOrigin.Extension("11"));
        rings.Take((CallCommand)first.Told.Dequeue().Message);
        _calls.Settle();
        Assert.Equal((first.Call.Id, CallPhase.Talking), (rings.Call.Partner!.Call, first.Call.Phase));
        Assert.Equal("nothing-to-pick-up", late.Call.Cause!.Code);
    }

    [Fact]
    public void A_restart_of_either_loses_nothing()
    {
        var rings = _calls.Ring("10", "12");
        var taker = _calls.New();
        taker.Dial("**12", new CallOrigin.Extension("11"));
        _calls.Forget(); // the question is lost
        taker.Restart();
        _calls.Settle();
        Assert.Equal((taker.Call.Id, rings.Call.Id), (rings.Call.Partner!.Call, taker.Call.Partner!.Call));

        rings.Restart();
        taker.Restart();
        _calls.Settle();
        Assert.Equal((CallPhase.Talking, CallPhase.Talking), (rings.Call.Phase, taker.Call.Phase));
    }

    [Fact]
    public void A_call_that_is_being_transferred_blindly_is_picked_up_where_it_rings()
    {
        var talks = _calls.Talk("10", "11");
        Refer(talks, 1, "12");
        talks.Answer(2, 180);
        var taker = _calls.New();
        taker.Dial("**12", new CallOrigin.Extension("13"));
        _calls.Settle();
        Assert.Equal(taker.Call.Id, talks.Call.Partner!.Call);
        Assert.Equal((null, true), (talks.Call.Transfer, talks.Call.Legs[0].Up));
        Assert.Contains(talks.AllEffects.OfType<CallEffect.InDialog>(), notify => notify.Method == SipMethod.Notify && System.Text.Encoding.UTF8.GetString(notify.Body.Span).StartsWith("SIP/2.0 200", StringComparison.Ordinal));
        HangUp(talks, 1);
        Assert.Equal(CallPhase.Talking, talks.Call.Phase);
    }

    [Fact]
    public void A_lamps_document_names_the_place_the_other_way_round()
    {
        var rings = _calls.Ring("10", "12");
        var dialog = rings.Call.Legs[1].Dialog!;
        var taker = _calls.New();
        taker.Dial("12", new CallOrigin.Extension("11"), extra: $"Replaces: {dialog.CallId};to-tag={dialog.RemoteTag};from-tag={dialog.LocalTag};early-only\r\n");
        _calls.Settle();
        Assert.Equal((200, taker.Call.Id), (Status(taker), rings.Call.Partner!.Call));
    }

    [Fact]
    public void Early_only_takes_no_call_that_was_answered()
    {
        var talks = _calls.Talk("10", "12");
        var dialog = talks.Call.Legs[1].Dialog!;
        var taker = _calls.New();
        taker.Dial("12", new CallOrigin.Extension("11"), extra: $"Replaces: {dialog.CallId};to-tag={dialog.RemoteTag};from-tag={dialog.LocalTag};early-only\r\n");
        _calls.Settle();
        Assert.Equal(486, Status(taker));
        Assert.Equal(new Pair(0, 1), talks.Call.Talk);
    }
}

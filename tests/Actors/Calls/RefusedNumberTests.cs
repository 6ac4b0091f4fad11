using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>A carrier that refuses the caller's own number is shown ours at once (PRODUCT §2), and what a forwarded call says of its way.</summary>
public sealed class RefusedNumberTests
{
    const string Caller = "+48600100200";
    static readonly E164 _own = E164.Parse("+48943401128");

    readonly CallTable _call = new();

    [Theory]
    [InlineData(403)]
    [InlineData(433)]
    [InlineData(603)]
    [InlineData(606)]
    [InlineData(608)]
    public void The_same_leg_and_channel_show_our_number(int status)
    {
        var refused = Forwarded(NumberPresentation.Passive);
        Assert.Equal(Caller, refused.From.Uri.User);
        _call.Answer(1, status);

        var again = _call.Invite(1).Sent.Request;
        Assert.Equal((_own.Value, $"<sip:{_own}@pbx.test>"), (again.From.Uri.User, again.Headers.First("P-Asserted-Identity")));
        Assert.Equal((refused.CallId, refused.From.Tag, refused.CSeq.Number + 1), (again.CallId, again.From.Tag, again.CSeq.Number));
        Assert.Single(again.Headers.All("Diversion"));
        Assert.Contains(_call.Done<CallEffect.Note>(), note => note.Code == "shown-number" && note.Text.Contains($"{status}", StringComparison.Ordinal));
        Assert.DoesNotContain(_call.Events, happened => happened is CallEvent.TrunkFailed);
        Assert.DoesNotContain(_call.Done<CallEffect.Tell>(), told => told.Message is TrunkMessage.ReleaseChannel or TrunkMessage.SeizeChannel);

        _call.Answer(1, 200, "bob");
        Assert.Equal(new Pair(0, 1), _call.Call.Talk);
    }

    /// <summary>At most 500 ms more, says PRODUCT §2. No timer stands in between: the clock of this call is never moved. What the wire takes: docs/performance.md.</summary>
    [Theory]
    [InlineData(403)]
    [InlineData(433)]
    [InlineData(603)]
    [InlineData(606)]
    public async Task The_second_INVITE_waits_for_no_clock(int status)
    {
        await using var house = new CallHouse();
        Lead(house.Table, NumberPresentation.Passive);
        house.Dial(_own.Value, new CallOrigin.Trunk("first", _own, Caller, null));
        var refused = await house.Sends("INVITE");
        Assert.Equal(Caller, refused.From.Uri.User);
        house.Refuse(refused, status);

        Assert.Equal(_own.Value, (await house.Sends("INVITE")).From.Uri.User);
        var story = (await house.Timeline()).Where(entry => entry.Kind is "sip-out" && entry.Code is "INVITE" || entry.Code is "shown-number" || entry.Code == $"{status}").ToList();
        Assert.Equal(["INVITE", $"{status}", "shown-number", "INVITE"], story.Select(entry => entry.Code));
        Assert.Single(story.Select(entry => entry.At).Distinct());
        Assert.Contains($"refused the caller's number ({status} ", story[2].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_carrier_that_refuses_the_media_is_not_asked_again_and_the_timeline_says_why()
    {
        await using var house = new CallHouse();
        Lead(house.Table, NumberPresentation.Passive);
        house.Dial(_own.Value, new CallOrigin.Trunk("first", _own, Caller, null));
        house.Refuse(await house.Sends("INVITE"), 488);

        await house.Responds(488);
        var story = await house.Timeline();
        Assert.DoesNotContain(story, entry => entry.Code == "shown-number");
        Assert.Contains(story, entry => entry is { Code: "leg-ended", Leg: 1 } && entry.Text.Contains("Not Acceptable Here", StringComparison.Ordinal));
    }

    [Fact]
    public void Once_is_enough()
    {
        Forwarded(NumberPresentation.Passive);
        _call.Answer(1, 403);
        _call.Answer(1, 403);
        Assert.Empty(_call.Done<CallEffect.Invite>());
        Assert.Equal(403, _call.Response(403).Status);
    }

    [Theory]
    [InlineData(NumberPresentation.Active, 403)] // ours was refused
    [InlineData(NumberPresentation.Passive, 486)]
    [InlineData(NumberPresentation.Passive, 404)]
    [InlineData(NumberPresentation.Passive, 488)] // the media
    public void Another_refusal_is_none_of_the_number(NumberPresentation presentation, int status)
    {
        Forwarded(presentation);
        _call.Answer(1, status);
        Assert.Empty(_call.Done<CallEffect.Invite>());
    }

    [Fact]
    public void A_carrier_that_falls_silent_then_is_left_as_soon_as_any_other()
    {
        Forwarded(NumberPresentation.Passive);
        _call.Answer(1, 403);
        var patience = _call.Done<CallEffect.StartTimer>().Last(timer => timer.Name == "trunk-1");
        Assert.Equal(_call.World.Options.TrunkTimeout, patience.After);
        _call.Take(patience.Command);
        Assert.Contains(_call.Events, happened => happened is CallEvent.TrunkFailed { TrunkId: "first" });
    }

    [Theory]
    [InlineData(603)]
    [InlineData(606)]
    [InlineData(608)]
    public void Who_declines_a_call_that_rings_is_not_called_again(int status)
    {
        Forwarded(NumberPresentation.Passive);
        _call.Answer(1, 180);
        _call.Answer(1, status);
        Assert.Empty(_call.Done<CallEffect.Invite>());
    }

    [Fact]
    public void A_withheld_number_stays_withheld()
    {
        _call.Dial("#31#222333444");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        _call.Answer(1, 433);
        Assert.Empty(_call.Done<CallEffect.Invite>());
    }

    [Fact]
    public void A_restart_repeats_what_was_sent_last()
    {
        Forwarded(NumberPresentation.Passive);
        _call.Answer(1, 403);
        _call.Restart();
        Assert.Equal(_own.Value, _call.Invite(1).Sent.Request.From.Uri.User);
    }

    [Fact]
    public void A_forwarded_call_tells_its_way_in_both_forms() // RFC 5806, RFC 7044
    {
        var history = Forwarded(NumberPresentation.Active).List<HistoryInfo>().ToList();
        Assert.Equal(["1", "1.1"], history.Select(entry => entry.Index));
        Assert.Equal([_own.Value, "+48501222333"], history.Select(entry => entry.Address.Uri.User));
        Assert.Equal(("302", "1"), (history[1].Address.Uri.Parameters["cause"], history[1].Address.Parameters["mp"])); // RFC 4458
    }

    [Fact]
    public void A_phone_is_told_too_who_forwarded_and_why()
    {
        var number = ExtensionNumber.Parse("11");
        Assert.True(DialledNumber.TryParse("12", out var target));
        _call.Tenant = _call.Tenant with
        {
            Extensions = _call.Tenant.Extensions.SetItem(number, _call.Tenant.Extensions[number] with { Forwards = new ExtensionForwards(Busy: target) }),
        };
        _call.Dial("11");
        _call.Answer(1, 486);
        var history = _call.Invite(2).Sent.Request.List<HistoryInfo>().ToList();
        Assert.Equal(("12", "486"), (history[1].Address.Uri.User, history[1].Address.Uri.Parameters["cause"]));
    }

    SipRequest Forwarded(NumberPresentation presentation)
    {
        Lead(_call, presentation);
        _call.Dial(_own.Value, new CallOrigin.Trunk("first", _own, Caller, null));
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        return _call.Invite(1).Sent.Request;
    }

    /// <summary>The company's number leads to a mobile, by carriers that may be shown a number that is not the company's.</summary>
    static void Lead(CallTable world, NumberPresentation presentation)
    {
        var id = new ExternalNumberId("mobile");
        world.Tenant = world.Tenant with
        {
            ExternalNumbers = world.Tenant.ExternalNumbers.Add(id, new ExternalNumber(id, E164.Parse("+48501222333")) { Presentation = presentation }),
            PhoneNumbers = world.Tenant.PhoneNumbers.SetItem(_own, new PhoneNumber(_own) { ForwardTo = new ForwardTarget.ToExternalNumber(id) }),
        };
        world.Trunks = [.. world.Trunks.Select(trunk => trunk with { CallerId = trunk.CallerId with { AllowsForeign = true } })];
    }
}

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
    public void Another_refusal_is_none_of_the_number(NumberPresentation presentation, int status)
    {
        Forwarded(presentation);
        _call.Answer(1, status);
        Assert.Empty(_call.Done<CallEffect.Invite>());
    }

    [Fact]
    public void Who_declines_a_call_that_rings_is_not_called_again()
    {
        Forwarded(NumberPresentation.Passive);
        _call.Answer(1, 180);
        _call.Answer(1, 603);
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
        var id = new ExternalNumberId("mobile");
        _call.Tenant = _call.Tenant with
        {
            ExternalNumbers = _call.Tenant.ExternalNumbers.Add(id, new ExternalNumber(id, E164.Parse("+48501222333")) { Presentation = presentation }),
            PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(_own, new PhoneNumber(_own) { ForwardTo = new ForwardTarget.ToExternalNumber(id) }),
        };
        _call.Trunks = [.. _call.Trunks.Select(trunk => trunk with { CallerId = trunk.CallerId with { AllowsForeign = true } })];
        _call.Dial(_own.Value, new CallOrigin.Trunk("first", _own, Caller, null));
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        return _call.Invite(1).Sent.Request;
    }
}

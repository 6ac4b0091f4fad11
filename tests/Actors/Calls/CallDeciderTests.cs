using System.Text;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Persistence;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>A call's decisions, turn by turn: what is journaled and what goes on the wire.</summary>
public sealed class CallDeciderTests
{
    readonly CallTable _call = new();

    [Fact]
    public void An_extension_rings_the_phones_of_another()
    {
        _call.Phones["11"] = 2;
        _call.Dial("11");
        Assert.Equal([1, 2], _call.Done<CallEffect.Invite>().Select(invite => invite.Leg));
        Assert.Equal("sip:11@127.0.0.3:5061", _call.Invite(1).Sent.Request.Uri.ToString());
        Assert.Equal("10", _call.Invite(1).Sent.Request.From.Uri.User);
    }

    [Fact]
    public void Ringing_is_told_once()
    {
        _call.Dial("11");
        _call.Answer(1, 180);
        Assert.Equal(180, _call.Response(180).Status);
        _call.Answer(1, 180);
        Assert.Empty(_call.Effects);
    }

    [Fact]
    public void Early_media_reaches_the_caller()
    {
        _call.Dial("11");
        _call.Answer(1, 183, "bob");
        Assert.Contains("m=audio", Encoding.UTF8.GetString(_call.Response(183).Body.Span), StringComparison.Ordinal);
        Assert.True(_call.Call.Legs[1].EarlyMedia);
    }

    [Fact]
    public void The_first_to_answer_wins_and_the_others_are_cancelled_with_the_reason()
    {
        _call.Phones["11"] = 2;
        _call.Dial("11");
        _call.Answer(1, 180);
        _call.Answer(2, 180);
        _call.Answer(2, 200, "bob");

        var cancelled = Assert.Single(_call.Done<CallEffect.CancelInvite>());
        Assert.Equal(1, cancelled.Leg);
        Assert.Contains("Call completed elsewhere", Assert.Single(cancelled.Headers).Value, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(_call.Done<CallEffect.Ack>()).Leg);
        Assert.Contains("m=audio", Encoding.UTF8.GetString(_call.Response(200).Body.Span), StringComparison.Ordinal);
        Assert.Equal(new Pair(0, 2), _call.Call.Talk);
    }

    [Fact]
    public void An_answer_that_crosses_the_cancel_is_acknowledged_and_hung_up()
    {
        _call.Phones["11"] = 2;
        _call.Dial("11");
        _call.Answer(2, 200, "bob");
        _call.Answer(1, 200, "bob");
        Assert.Equal(1, Assert.Single(_call.Done<CallEffect.HangUpFork>()).Leg);
    }

    [Fact]
    public void A_hang_up_reaches_the_other_side_and_ends_the_call_with_its_record()
    {
        Talk();
        _call.Now += TimeSpan.FromSeconds(10);
        _call.FromCaller("BYE", 2);
        Assert.Equal(SipMethod.Bye, Assert.Single(_call.Done<CallEffect.InDialog>()).Method);
        var ended = Assert.IsType<CallEvent.Ended>(_call.Events[^1]);
        Assert.Equal(("answered", 10, 0m), (ended.Cdr.Disposition, ended.Cdr.DurationSeconds, ended.Cdr.Gross));
    }

    [Fact]
    public void A_cancel_ends_the_ringing_with_487()
    {
        _call.Dial("11");
        _call.Take(new CallCommand.Cancel(_call.Call.Legs[0].Received!.Transaction, _call.Call.Legs[0].Received!.Request));
        Assert.Equal(487, _call.Response(487).Status);
        Assert.Single(_call.Done<CallEffect.CancelInvite>());
        Assert.Equal("cancelled", _call.Call.Cause!.Code);
    }

    [Fact]
    public void Busy_takes_the_busy_forward()
    {
        Forward(forwards => forwards with { Busy = Dialled("12") });
        _call.Dial("11");
        _call.Answer(1, 486);
        Assert.Equal("sip:12@127.0.0.3:5061", _call.Invite(2).Sent.Request.Uri.ToString());
        Assert.Contains("reason=user-busy", _call.Invite(2).Sent.Request.Headers.First("Diversion"), StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_answering_takes_the_no_answer_forward()
    {
        Forward(forwards => forwards with { NoAnswer = Dialled("12") });
        _call.Dial("11");
        _call.Answer(1, 180);
        _call.Take(new CallCommand.GiveUpRinging(1));
        Assert.Single(_call.Done<CallEffect.CancelInvite>());
        Assert.Equal(2, _call.Invite(2).Leg);
    }

    [Fact]
    public void Do_not_disturb_does_not_ring()
    {
        Change("11", extension => extension with { DoNotDisturb = true });
        _call.Dial("11");
        Assert.Empty(_call.Done<CallEffect.Invite>());
        Assert.Equal(480, _call.Response(480).Status);
    }

    [Fact]
    public void Without_call_waiting_a_busy_extension_is_busy()
    {
        _call.BusyExtensions.Add("11");
        Change("11", extension => extension with { CallWaiting = false });
        _call.Dial("11");
        Assert.Equal(486, _call.Response(486).Status);
    }

    [Fact]
    public void A_forward_loop_ends()
    {
        Change("11", extension => extension with { Forwards = new ExtensionForwards(Unconditional: Dialled("12")) });
        Change("12", extension => extension with { Forwards = new ExtensionForwards(Unconditional: Dialled("11")) });
        _call.Dial("11");
        Assert.Equal(482, _call.Response(482).Status);
    }

    /// <summary>The trunk is told after the journal has it: a call that fails in between must say it again.</summary>
    [Fact]
    public void After_a_restart_the_channels_of_legs_that_have_ended_are_given_back_again()
    {
        _call.Dial("222333444");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        var first = _call.Call[1]!.ChannelKey!;
        _call.Answer(1, 503);
        _call.Take(new CallCommand.ChannelGranted("second", 1));
        var second = _call.Call[2]!.ChannelKey!;
        IEnumerable<(string, object)> Told() => _call.Done<CallEffect.Tell>().Where(told => told.Message is TrunkMessage.ReleaseChannel).Select(told => (told.To.Id, told.Message));

        _call.Restart();
        Assert.Equal([("first", (object)new TrunkMessage.ReleaseChannel(first))], Told());

        _call.Take(new CallCommand.HangUp(EndCause.HungUp));
        _call.Restart();
        Assert.Equal([("first", (object)new TrunkMessage.ReleaseChannel(first)), ("second", new TrunkMessage.ReleaseChannel(second))], Told());
    }

    [Fact]
    public void A_number_outside_asks_a_trunk_for_a_channel_and_fails_over()
    {
        _call.Dial("222333444");
        Assert.IsType<TrunkMessage.SeizeChannel>(Assert.Single(_call.Done<CallEffect.Tell>()).Message);
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        Assert.Equal("sip:+48222333444@192.0.2.10", _call.Invite(1).Sent.Request.Uri.ToString());
        Assert.Equal("+48943401128", _call.Invite(1).Sent.Request.From.Uri.User);

        _call.Answer(1, 503);
        _call.Take(new CallCommand.ChannelGranted("second", 1));
        Assert.Equal("sip:+48222333444@192.0.2.20", _call.Invite(2).Sent.Request.Uri.ToString());
    }

    [Fact]
    public void A_trunk_that_says_nothing_is_left_for_the_next()
    {
        _call.Dial("222333444");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        _call.Take(new CallCommand.GiveUpTrunk(1));
        const string Why = "first did not answer within 6 s (telecube.call.trunk-timeout)";
        Assert.Contains(("Reason", $"SIP;cause=408;text=\"{Why}\""), Assert.Single(_call.Done<CallEffect.CancelInvite>()).Headers);
        Assert.Equal(("trunk-silent", 408, Why), _call.Call[1]!.Cause is var cause ? (cause!.Code, cause.Status, cause.Text) : default);
        Assert.Equal($"408 {Why}", _call.Events.OfType<CallEvent.TrunkFailed>().Single().Reason);
        Assert.Contains(_call.Done<CallEffect.Tell>(), tell => tell.Message is TrunkMessage.ReportSilence { Target: not null });
        _call.Take(new CallCommand.ChannelGranted("second", 1));
        Assert.Equal("192.0.2.20", _call.Invite(2).Sent.Request.Uri.Host);
    }

    [Fact]
    public void Nobody_answering_at_all_ends_the_setting_up()
    {
        _call.Dial("11");
        _call.Answer(1, 180);
        _call.Take(new CallCommand.GiveUpSetup());
        Assert.Equal("no-answer", _call.Call.Cause!.Code);
    }

    [Fact]
    public void A_call_out_is_charged_by_the_tariff()
    {
        TalkOutside();
        _call.Now += TimeSpan.FromSeconds(90.2);
        _call.FromCaller("BYE", 2);
        var cdr = Assert.IsType<CallEvent.Ended>(_call.Events[^1]).Cdr;
        // 91 s at 0.0500 a minute: 0.07583… → 0.0758 net, VAT 0.017434 → 0.0174
        Assert.Equal((0.0758m, 0.0174m, 0.0932m, "Polska Stacjonarne"), (cdr.Net, cdr.Vat, cdr.Gross, cdr.Destination));
    }

    [Fact]
    public void Premium_numbers_are_refused_by_default()
    {
        _call.Dial("701234567");
        Assert.Equal(403, _call.Response(403).Status);
    }

    [Fact]
    public void An_emergency_number_goes_out_free_and_unhidden_even_for_a_suspended_tenant()
    {
        _call.Tenant = _call.Tenant with { Status = TenantStatus.Suspended };
        Change("10", extension => extension with { HidesNumber = true, Allowed = AllowedDestinations.None });
        _call.Dial("112");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        var invite = _call.Invite(1).Sent.Request;
        Assert.Equal(("112", "+48943401128"), (invite.Uri.User, invite.From.Uri.User));
        Assert.Null(invite.Headers.First("Privacy"));

        _call.Answer(1, 200, "bob");
        _call.Now += TimeSpan.FromMinutes(3);
        _call.FromCallee(1, "BYE", 2);
        var cdr = _call.Events.OfType<CallEvent.Ended>().Single().Cdr;
        Assert.Equal(("Numer alarmowy", 0m, 180), (cdr.Destination, cdr.Gross, cdr.DurationSeconds));
    }

    [Fact]
    public void An_emergency_call_that_a_carrier_refuses_goes_by_the_next_whatever_it_said()
    {
        _call.Dial("112");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        _call.Answer(1, 403);
        Assert.Contains(_call.Done<CallEffect.Tell>(), told => told is { To.Id: "second", Message: TrunkMessage.SeizeChannel { Emergency: true } });
    }

    [Fact]
    public void An_emergency_call_rings_as_long_as_its_caller_waits()
    {
        _call.Dial("112");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        _call.Answer(1, 180);
        _call.Take(new CallCommand.GiveUpRinging(1));
        _call.Take(new CallCommand.GiveUpSetup());
        Assert.Empty(_call.Effects);
        Assert.Equal(LegPhase.Ringing, _call.Call.Legs[1].Phase);
    }

    [Fact]
    public void An_emergency_call_that_rings_nowhere_goes_by_the_next_carrier()
    {
        _call.Dial("112");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        _call.Answer(1, 100);
        _call.Take(new CallCommand.GiveUpRinging(1));
        Assert.Equal(1, Assert.Single(_call.Done<CallEffect.CancelInvite>()).Leg);
        Assert.Contains(_call.Done<CallEffect.Tell>(), told => told is { To.Id: "second", Message: TrunkMessage.SeizeChannel });
    }

    [Fact]
    public void No_order_and_no_transfer_leads_to_an_emergency_number()
    {
        _call.Take(new CallCommand.Order(CallTable.Company, "11", "112"));
        Assert.Equal(Refusals.EmergencyNotAllowed, Assert.IsType<Rejection>(Assert.Single(_call.Done<CallEffect.Reply>()).Message).Code);
        Assert.Empty(_call.Events);

        Talk();
        _call.Take(new CallCommand.TransferTo(null, "112"));
        Assert.Equal(Refusals.EmergencyNotAllowed, Assert.IsType<Rejection>(Assert.Single(_call.Done<CallEffect.Reply>()).Message).Code);
    }

    [Fact]
    public void Any_phone_of_the_ordering_extension_may_be_the_one_that_answers()
    {
        _call.Phones["11"] = 2;
        _call.Take(new CallCommand.Order(CallTable.Company, "11", "12"));
        _call.Answer(1, 200, "bob");
        Assert.False(_call.Call.Legs[0].Live);
        Assert.Equal(new Party.Phone("12"), _call.Call.Legs[2].Party);
        _call.Answer(2, 200, "carol");
        Assert.Equal(new Pair(1, 2), _call.Call.Talk);
    }

    [Fact]
    public void An_order_for_a_suspended_company_is_refused_before_anybody_is_rung()
    {
        _call.Tenant = _call.Tenant with { Status = TenantStatus.Suspended };
        _call.Take(new CallCommand.Order(CallTable.Company, "11", "12"));
        Assert.Equal(Refusals.TenantSuspended, Assert.IsType<Rejection>(Assert.Single(_call.Done<CallEffect.Reply>()).Message).Code);
        Assert.Empty(_call.Events);
    }

    [Fact]
    public void An_order_that_is_repeated_has_begun_the_call_that_it_began()
    {
        var order = new CallCommand.Order(CallTable.Company, "11", "12");
        _call.Take(order);
        var events = _call.Events.Count;
        _call.Take(order);
        Assert.Equal(new Ordered(_call.Call.Id), Assert.Single(_call.Effects.OfType<CallEffect.Reply>()).Message);

        _call.Take(new CallCommand.HangUp(EndCause.HungUp));
        _call.Close();
        _call.Take(order);
        Assert.Equal(new Ordered(_call.Call.Id), Assert.Single(_call.Effects.OfType<CallEffect.Reply>()).Message);
        Assert.Single(_call.AllEffects.OfType<CallEffect.Invite>());
        Assert.Single(_call.Events.OfType<CallEvent.Started>());
        Assert.True(_call.Events.Count > events);
    }

    [Fact]
    public void An_external_number_is_busy_while_a_call_to_it_is_up() // PRODUCT §2
    {
        var (id, own) = (new ExternalNumberId("mobile"), E164.Parse("+48943401128"));
        _call.Tenant = _call.Tenant with
        {
            ExternalNumbers = _call.Tenant.ExternalNumbers.Add(id, new ExternalNumber(id, E164.Parse("+48501222333"))),
            PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(own, new PhoneNumber(own) { ForwardTo = new ForwardTarget.ToExternalNumber(id) }),
        };
        _call.Talking.Add("+48501222333");
        _call.Dial(own.Value, new CallOrigin.Trunk("first", own, "+48601000111", null));
        Assert.Equal(486, _call.Response(486).Status);
        Assert.Equal("busy", Assert.IsType<CallEvent.Ended>(_call.Events[^1]).Cdr.Disposition);

        var dialled = new CallTable(1) { Tenant = _call.Tenant };
        dialled.Talking.Add("+48501222333");
        dialled.Dial("501222333"); // who dials the number itself asks the carrier
        Assert.IsType<RouteStep.Dial>(dialled.Call.Trying);
    }

    [Fact]
    public void Unassigned_numbers_are_told_as_telephony_tells_them()
    {
        _call.Dial("99");
        Assert.Equal("Q.850;cause=1;text=\"Unallocated number\"", _call.Response(404).Headers.All("Reason").Last());
    }

    [Fact]
    public void Why_a_call_in_vain_went_nowhere_else_is_a_decision_with_its_reason()
    {
        _call.Dial("11");
        _call.Answer(1, 486);
        Assert.Equal("extension 11: busy, no forward for it", _call.Events.OfType<CallEvent.Routed>().Last().Reason);
        Assert.Equal(486, _call.Response(486).Status);
    }

    [Theory]
    [InlineData("+48943401128", "+48943401129")] // the number that was dialled may not be shown: the tenant's default
    [InlineData("+48600100200", "+48943401128")] // the caller's may not: as if withheld
    public void A_number_on_the_receive_only_list_is_never_presented(string listed, string shown)
    {
        var (id, number, other) = (new ExternalNumberId("mobile"), E164.Parse("+48943401128"), E164.Parse("+48943401129"));
        var presentation = listed == number.Value ? NumberPresentation.Active : NumberPresentation.Passive;
        _call.ReceiveOnly.Add(listed);
        _call.Tenant = _call.Tenant with
        {
            ExternalNumbers = _call.Tenant.ExternalNumbers.Add(id, new ExternalNumber(id, E164.Parse("+48501234567")) { Presentation = presentation }),
            PhoneNumbers = _call.Tenant.PhoneNumbers
                .SetItem(number, new PhoneNumber(number) { ForwardTo = new ForwardTarget.ToExternalNumber(id), ReceiveOnly = listed == number.Value })
                .Add(other, new PhoneNumber(other)),
        };
        _call.Trunks = [.. _call.Trunks.Select(trunk => trunk with { CallerId = trunk.CallerId with { AllowsForeign = true } })];
        _call.Dial(number.Value, new CallOrigin.Trunk("first", number, "+48600100200", null));
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        Assert.Equal(shown, _call.Invite(1).Sent.Request.From.Uri.User);
        Assert.Contains($"shows {shown}", _call.Events.OfType<CallEvent.Routed>().Single().Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NumberPresentation.Active, true, "+48943401128")]
    [InlineData(NumberPresentation.Passive, true, "+48600100200")]
    [InlineData(NumberPresentation.Passive, false, "+48943401128")]
    public void An_external_number_sees_what_its_presentation_says(NumberPresentation presentation, bool allowed, string shown)
    {
        var id = new ExternalNumberId("mobile");
        var number = E164.Parse("+48943401128");
        _call.Tenant = _call.Tenant with
        {
            ExternalNumbers = _call.Tenant.ExternalNumbers.Add(id, new ExternalNumber(id, E164.Parse("+48501234567")) { Presentation = presentation }),
            PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(number, new PhoneNumber(number) { ForwardTo = new ForwardTarget.ToExternalNumber(id) }),
        };
        _call.Trunks = [.. _call.Trunks.Select(trunk => trunk with { CallerId = trunk.CallerId with { AllowsForeign = allowed } })];
        _call.Dial("+48943401128", new CallOrigin.Trunk("first", number, "+48600100200", null));
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        Assert.Equal(shown, _call.Invite(1).Sent.Request.From.Uri.User);
        Assert.Contains("+48943401128", _call.Invite(1).Sent.Request.Headers.First("Diversion"), StringComparison.Ordinal);
        Assert.Equal(!allowed, _call.Done<CallEffect.Note>().Any(note => note.Code == "shown-number")); // the fall-back is told
    }

    [Fact]
    public void A_hidden_number_goes_to_the_carrier_alone()
    {
        _call.Dial("#31#222333444");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        var invite = _call.Invite(1).Sent.Request;
        Assert.Equal("anonymous", invite.From.Uri.User);
        Assert.Contains("+48943401128", invite.Headers.First("P-Asserted-Identity"), StringComparison.Ordinal);
        Assert.Equal("id", invite.Headers.First("Privacy"));
    }

    [Fact]
    public void Hold_is_answered_for_the_leg_and_the_other_hears_music()
    {
        Talk();
        _call.FromCaller("INVITE", 2, "alice:sendonly");
        Assert.Contains("a=recvonly", Encoding.UTF8.GetString(_call.Response(200).Body.Span), StringComparison.Ordinal);
        Assert.True(_call.Call.Legs[0].HeldByPeer);
        _call.FromCaller("ACK", 2);
        _call.FromCaller("INVITE", 3, "alice");
        Assert.False(_call.Call.Legs[0].HeldByPeer);
    }

    [Fact]
    public void A_second_invite_before_the_ack_of_the_first_is_put_off()
    {
        Talk();
        _call.FromCaller("INVITE", 2, "alice:sendonly");
        _call.FromCaller("INVITE", 3, "alice");
        Assert.InRange(_call.Response(500).Get<TeleCube.Sip.Headers.RetryAfter>()!.Delay.TotalSeconds, 0, 10);
    }

    [Fact]
    public void A_late_offer_is_made_in_the_200_and_answered_in_the_ack()
    {
        _call.Dial("11", sdp: null);
        _call.Answer(1, 200, "bob");
        Assert.Contains("m=audio", Encoding.UTF8.GetString(_call.Response(200).Body.Span), StringComparison.Ordinal);
        Assert.False(_call.Call.Legs[0].Media!.Negotiated);
        _call.FromCaller("ACK", 1, "alice");
        Assert.True(_call.Call.Legs[0].Media!.Negotiated);
    }

    [Fact]
    public void A_blind_transfer_rings_the_target_and_lets_the_transferor_go()
    {
        Talk();
        _call.FromCallee(1, "REFER", 1, extra: "Refer-To: <sip:12@pbx.test>\r\n");
        Assert.Equal(202, _call.Response(202).Status);
        Assert.Equal("sip:12@127.0.0.3:5061", _call.Invite(2).Sent.Request.Uri.ToString());
        _call.Answer(2, 200, "carol");
        Assert.Equal(new Pair(0, 2), _call.Call.Talk);
        Assert.Contains("SIP/2.0 200", Sipfrag(), StringComparison.Ordinal);
        _call.FromCallee(1, "BYE", 2);
        Assert.Equal(CallPhase.Talking, _call.Call.Phase);
    }

    [Fact]
    public void A_transfer_that_fails_leaves_both_talking()
    {
        Talk();
        _call.FromCallee(1, "REFER", 1, extra: "Refer-To: <sip:12@pbx.test>\r\n");
        _call.Answer(2, 486);
        Assert.Contains("SIP/2.0 486", Sipfrag(), StringComparison.Ordinal);
        Assert.Equal(new Pair(0, 1), _call.Call.Talk);
        Assert.Null(_call.Call.Transfer);
    }

    [Fact]
    public void A_transferor_that_is_gone_is_rung_back_when_the_target_fails()
    {
        Talk();
        _call.FromCallee(1, "REFER", 1, extra: "Refer-To: <sip:12@pbx.test>\r\n");
        _call.FromCallee(1, "BYE", 2);
        _call.Answer(2, 486);
        Assert.Equal("sip:11@127.0.0.3:5061", _call.Invite(3).Sent.Request.Uri.ToString());
    }

    [Fact]
    public void A_restart_gives_both_sides_new_media_and_keeps_their_dialogs()
    {
        Talk();
        var before = _call.Call.Legs.Select(leg => (leg.Media!.Stream, leg.Media!.Port, leg.Dialog!.CallId)).ToList();
        _call.Restart();
        var invites = _call.Done<CallEffect.Invite>().ToList();
        Assert.Equal([0, 1], invites.Select(invite => invite.Leg));
        Assert.All(invites, invite => Assert.True(invite.Sent.Request.CSeq.Number > 1000));
        Assert.Equal(before.Select(leg => leg.CallId), _call.Call.Legs.Select(leg => leg.Dialog!.CallId));
        Assert.All(_call.Call.Legs, leg => Assert.DoesNotContain(leg.Media!.Stream, before.Select(old => old.Stream)));
        Assert.Equal(before.Select(leg => leg.Port), _call.Call.Legs.Select(leg => leg.Media!.Port));

        _call.Answer(0, 200, "alice");
        _call.Answer(1, 481);
        Assert.Equal("peer-gone", _call.Call.Cause!.Code);
        Assert.Equal(0, Assert.Single(_call.Done<CallEffect.InDialog>()).Leg);
    }

    [Fact]
    public void A_restart_takes_up_what_was_ringing_by_its_old_branches()
    {
        _call.Dial("11");
        _call.Answer(1, 180);
        var seed = _call.Call.Legs[1].Sent!.Seed;
        _call.Restart();
        Assert.Equal(seed, _call.Invite(1).Sent.Seed);
        Assert.Single(_call.Done<CallEffect.RestoreReceived>());
        _call.Answer(1, 200, "bob");
        Assert.Equal(new Pair(0, 1), _call.Call.Talk);
    }

    [Fact]
    public void A_restart_repeats_the_final_response_of_a_call_that_had_just_ended()
    {
        _call.Dial("11");
        _call.Answer(1, 486);
        Assert.Equal(CallPhase.Over, _call.Call.Phase);

        _call.Restart();

        Assert.Equal(0, Assert.Single(_call.Done<CallEffect.RestoreReceived>()).Leg);
        Assert.Equal("t-invite", Assert.Single(_call.Done<CallEffect.Respond>()).Transaction.Value);
        Assert.Equal(486, _call.Response(486).Status);
    }

    [Fact]
    public void A_restart_keeps_the_key_of_SRTP_and_goes_to_where_the_phone_listens()
    {
        var theirs = Convert.ToBase64String(Enumerable.Repeat((byte)5, 30).ToArray());
        _call.DialSecurely("11", theirs);
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
        var before = _call.Call.Legs[0].Media!;
        Assert.Equal((before.RemoteKey, true), (theirs, before.LocalSdp!.Contains(before.LocalKey!, StringComparison.Ordinal)));
        _call.NextKey = Convert.ToBase64String(Enumerable.Repeat((byte)9, 30).ToArray());

        _call.Restart();

        var invite = _call.Invite(0).Sent;
        Assert.Contains($"inline:{before.LocalKey}", Encoding.UTF8.GetString(invite.Request.Body.Span), StringComparison.Ordinal);
        Assert.Equal(("127.0.0.2:5071", TransportKind.Tls, new FlowId(7)), ($"{invite.Target.Remote}", invite.Target.Transport, invite.Target.Flow));
    }

    [Fact]
    public void A_restart_between_our_200_and_its_ACK_repeats_the_200_and_goes_on()
    {
        _call.Dial("11");
        _call.Answer(1, 200, "bob");
        var answer = _call.Response(200);

        _call.Restart();

        Assert.Equal(answer.ToString(), Assert.Single(_call.Done<CallEffect.RestoreReceived>()).Received.Answer!.ToString());
        Assert.Equal(1, Assert.Single(_call.Done<CallEffect.Invite>()).Leg); // the callee has new media; the caller is told nothing before its ACK
        _call.FromCaller("ACK", 1);
        Assert.Equal(LegPhase.Talking, _call.Call.Legs[0].Phase);
        _call.FromCaller("BYE", 2);
        Assert.Equal(1, Assert.Single(_call.Done<CallEffect.InDialog>()).Leg);
        Assert.Equal(CallPhase.Over, _call.Call.Phase);
    }

    [Fact]
    public void A_restart_before_anybody_has_rung_sends_the_INVITE_again_by_its_old_branch()
    {
        _call.Dial("11");
        var seed = _call.Invite(1).Sent.Seed;

        _call.Restart();

        Assert.Equal(seed, _call.Invite(1).Sent.Seed);
        Assert.Null(Assert.Single(_call.Done<CallEffect.RestoreReceived>()).Received.Answer);
        _call.Answer(1, 486);
        Assert.Equal(486, _call.Response(486).Status);
        Assert.Equal("busy", _call.Call.Cause!.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_restart_counts_the_channel_again_and_dials_the_carrier_once(bool granted)
    {
        _call.Dial("501234567");
        _call.Take(new CallCommand.ChannelGranted("first", 1));

        _call.Restart();
        Assert.Contains(_call.Done<CallEffect.StartTimer>(), timer => timer.Command is CallCommand.GiveUpTrunk(1));
        _call.Take(granted ? new CallCommand.ChannelGranted("first", 1) : new CallCommand.ChannelRefused("first", 1, "trunk-disabled"));
        Assert.Empty(_call.Effects);

        _call.Answer(1, 503);
        Assert.Equal("second", Assert.Single(_call.Done<CallEffect.Tell>().Select(tell => tell.To.Id), id => id == "second"));
    }

    [Fact]
    public void A_recovered_leg_whose_port_is_taken_gets_another_and_a_ringing_one_is_lost()
    {
        Talk();
        var port = _call.Call.Legs[0].Media!.Port;
        _call.TakenPorts.Add(port);
        _call.Restart();
        Assert.NotEqual(port, _call.Call.Legs[0].Media!.Port);
        Assert.Equal([0, 1], _call.Done<CallEffect.Invite>().Select(invite => invite.Leg));

        var ringing = new CallTable();
        ringing.Dial("11");
        ringing.Answer(1, 180);
        ringing.TakenPorts.Add(ringing.Call.Legs[1].Media!.Port);
        ringing.Restart();
        Assert.Equal("lost-in-restart", ringing.Call.Cause!.Code);
        Assert.Equal(500, ringing.Response(500).Status);
    }

    [Fact]
    public void Every_history_survives_the_journal()
    {
        Talk();
        _call.FromCaller("INVITE", 2, "alice:sendonly");
        _call.FromCaller("ACK", 2);
        _call.FromCallee(1, "REFER", 1, extra: "Refer-To: <sip:12@pbx.test>\r\n");
        _call.Answer(2, 200, "carol");
        _call.Restart();
        _call.FromCaller("BYE", 7);

        var registry = new EventRegistry().AddCallEvents();
        foreach (var happened in _call.Events)
        {
            var (type, version, payload) = registry.Encode(happened);
            var back = registry.Decode(type, version, payload);
            Assert.Equal(payload, registry.Encode(back).Payload);
        }
    }

    void Talk()
    {
        _call.Dial("11");
        _call.Answer(1, 180);
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
    }

    void TalkOutside()
    {
        _call.Dial("222333444");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
    }

    string Sipfrag() => Encoding.UTF8.GetString(_call.Done<CallEffect.InDialog>().Single(effect => effect.Method == SipMethod.Notify).Body.Span);

    void Forward(Func<ExtensionForwards, ExtensionForwards> change) => Change("11", extension => extension with { Forwards = change(extension.Forwards) });

    void Change(string number, Func<Extension, Extension> change)
    {
        var key = ExtensionNumber.Parse(number);
        _call.Tenant = _call.Tenant with { Extensions = _call.Tenant.Extensions.SetItem(key, change(_call.Tenant.Extensions[key])) };
    }

    static DialledNumber Dialled(string text) => DialledNumber.TryParse(text, out var number) ? number : throw new FormatException(text);
}

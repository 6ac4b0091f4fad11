using System.Net;
using System.Text;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Ingress;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Calls.Timeline;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Calls to a number of another tenant of the platform: on our own wire, proven, in E.164, and telling nothing else of the one to the other.</summary>
public sealed class OnNetTests
{
    const string Number = "+48943401128";
    const string TheirNumber = "+48222333444";

    readonly CallTable _call = new();

    public OnNetTests() => _call.Owners[TheirNumber] = new TenantId("innafirma1");

    [Fact]
    public void It_goes_by_a_listener_that_needs_no_certificate_and_to_an_address_that_can_be_reached()
    {
        var tls = new SipEndpoint(TransportKind.Tls, IPEndPoint.Parse("0.0.0.0:5061"), "pbx.test", 5061);
        var (tcp, udp) = (new SipEndpoint(TransportKind.Tcp, IPEndPoint.Parse("0.0.0.0:5060")), new SipEndpoint(TransportKind.Udp, IPEndPoint.Parse("[::]:5060")));
        Assert.Equal("UDP [::1]:5060", $"{Carriers.ToOurselves([tls, tcp, udp])}");
        Assert.Equal("TCP 127.0.0.1:5060", $"{Carriers.ToOurselves([tls, tcp])}");
        Assert.Equal(("TLS 127.0.0.1:5061", "pbx.test"), ($"{Carriers.ToOurselves([tls])}", Carriers.ToOurselves([tls]).ServerName));
    }

    [Fact]
    public void A_number_of_another_tenant_asks_no_trunk_and_is_shown_the_own_number()
    {
        var invite = Dial("222333444");
        Assert.DoesNotContain(_call.AllEffects.OfType<CallEffect.Tell>(), told => told.Message is TrunkMessage);
        Assert.Equal((TheirNumber, Number, $"<sip:{Number}@pbx.test>"), (invite.Uri.User, invite.From.Uri.User, invite.Headers.First("P-Asserted-Identity")));
        Assert.True(_call.Sip.OnNet.Proves(invite.CallId, invite.Headers.First(OnNet.Header)));
        Assert.Equal((Number, null), InboundCaller.Of(invite, OnNet.Trunk));
    }

    [Fact]
    public void The_proof_is_good_for_one_call_id_and_one_platform()
    {
        var invite = Dial("222333444");
        var proof = invite.Headers.First(OnNet.Header);
        Assert.False(_call.Sip.OnNet.Proves("x" + invite.CallId, proof));
        Assert.False(_call.Sip.OnNet.Proves(invite.CallId, null));
        Assert.False(new OnNet(Encoding.ASCII.GetBytes("the key of some other platform..")).Proves(invite.CallId, proof));
    }

    [Fact]
    public void To_a_number_of_the_own_company_it_is_proven_whose_phone_calls_and_to_another_company_it_is_not_said()
    {
        Assert.Null(Dial("222333444").Headers.First(OnNet.CallerHeader));

        var own = new CallTable();
        own.Owners[Number] = CallTable.Company;
        own.Dial(Number);
        var invite = own.Invite(1).Sent.Request;
        var (proof, caller) = (invite.Headers.First(OnNet.Header), invite.Headers.First(OnNet.CallerHeader));
        Assert.Equal("firmaabcde/10", caller);
        Assert.True(own.Sip.OnNet.Proves(invite.CallId, proof, caller));
        Assert.False(own.Sip.OnNet.Proves(invite.CallId, proof, "firmaabcde/11"));
        Assert.False(own.Sip.OnNet.Proves(invite.CallId, proof));
        Assert.Equal(("10", null), (OnNet.ExtensionOf(caller, CallTable.Company), OnNet.ExtensionOf(caller, new TenantId("innafirma1"))));
    }

    [Fact]
    public void A_number_outside_gets_no_proof()
    {
        _call.Dial("222333445");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        Assert.Null(_call.Invite(1).Sent.Request.Headers.First(OnNet.Header));
    }

    [Fact]
    public void A_withheld_number_stays_withheld()
    {
        var invite = Dial("#31#222333444");
        Assert.Equal("anonymous", invite.From.Uri.User);
        Assert.Equal((null, null), InboundCaller.Of(invite, OnNet.Trunk));
    }

    [Fact]
    public void It_is_free_unless_the_tariff_has_a_row_for_it()
    {
        Dial("222333444");
        Assert.Equal(0m, Talk(60).Gross);

        var charged = new CallTable { Tariff = _call.Tariff with { Rows = [.. _call.Tariff.Rows, new TariffRow(TariffKey.OnNet, "W sieci", 0.01m)] } };
        charged.Owners[TheirNumber] = new TenantId("innafirma1");
        charged.Dial("222333444");
        var cdr = Talk(60, charged);
        Assert.Equal((0.01m, "W sieci"), (cdr.Net, cdr.Destination));
    }

    [Fact]
    public void Destinations_that_are_not_allowed_are_not_allowed_here_either()
    {
        Change("10", extension => extension with { Allowed = AllowedDestinations.None });
        _call.Dial("222333444");
        Assert.Equal(403, _call.Response(403).Status);
    }

    [Fact]
    public void A_forward_by_an_extension_without_a_number_shows_no_extension()
    {
        _call.Tenant = _call.Tenant with { PhoneNumbers = _call.Tenant.PhoneNumbers.Clear() };
        Change("11", extension => extension with { Forwards = new ExtensionForwards(Unconditional: DialledNumber.TryParse("222333444", out var number) ? number : null) });
        var invite = Dial("11");
        Assert.Null(invite.Headers.First("Diversion"));
        Assert.Equal("anonymous", invite.From.Uri.User);
    }

    [Fact]
    public void Numbers_that_are_forwarded_to_each_other_end_in_a_refusal()
    {
        var id = new ExternalNumberId("friend");
        var own = E164.Parse(Number);
        _call.Tenant = _call.Tenant with
        {
            ExternalNumbers = _call.Tenant.ExternalNumbers.Add(id, new ExternalNumber(id, E164.Parse(TheirNumber))),
            PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(own, new PhoneNumber(own) { ForwardTo = new ForwardTarget.ToExternalNumber(id) }),
        };
        _call.Dial(Number, new CallOrigin.Trunk(OnNet.TrunkId, own, TheirNumber, null) { Hops = 4 });
        Assert.Equal(5, InboundCaller.HopsOf(_call.Invite(1).Sent.Request));

        var last = new CallTable { Tenant = _call.Tenant };
        last.Owners[TheirNumber] = new TenantId("innafirma1");
        last.Dial(Number, new CallOrigin.Trunk(OnNet.TrunkId, own, TheirNumber, null) { Hops = 5 });
        Assert.Equal(482, last.Response(482).Status);
    }

    [Fact]
    public void What_may_not_be_forwarded_any_more_is_refused()
    {
        _call.Dial("11", extra: "Max-Forwards: 0\r\n");
        Assert.Equal(483, _call.Response(483).Status);
        Assert.Equal(CallPhase.Over, _call.Call.Phase);

        var emergency = new CallTable();
        emergency.Dial("112", extra: "Max-Forwards: 0\r\n");
        Assert.Equal(CallPhase.Setup, emergency.Call.Phase);
    }

    [Fact]
    public void The_other_tenants_timeline_shows_neither_proof_nor_tenant_nor_call()
    {
        var invite = Dial("222333444");
        var theirs = new EntityId(Actors.Calls.Model.CallId.Kind, new TenantId("innafirma1"), "01hzzzzzzzzzzzzzzzzzzzzzz9");
        var seen = SafeText.Of(invite, theirs);
        foreach (var secret in new[] { CallTable.Company.Value, _call.Call.Id.Value, invite.Headers.First(OnNet.Header)! }) Assert.DoesNotContain(secret, seen, StringComparison.Ordinal);
        Assert.Contains(Number, seen, StringComparison.Ordinal);

        var ours = SafeText.Of(invite, _call.Call.Id.Entity(CallTable.Company));
        Assert.Contains($"tag={_call.Call.Legs[1].LocalTag}", ours, StringComparison.Ordinal);
        Assert.Contains($"Call-ID: {invite.CallId}", ours, StringComparison.Ordinal);
        Assert.DoesNotContain(invite.Headers.First(OnNet.Header)!, ours, StringComparison.Ordinal);
    }

    SipRequest Dial(string number)
    {
        _call.Dial(number);
        return _call.Invite(1).Sent.Request;
    }

    Cdr Talk(int seconds, CallTable? on = null)
    {
        var call = on ?? _call;
        call.Answer(1, 200, "bob");
        call.FromCaller("ACK", 1);
        call.Now += TimeSpan.FromSeconds(seconds);
        call.FromCaller("BYE", 2);
        return Assert.IsType<CallEvent.Ended>(call.Events[^1]).Cdr;
    }

    void Change(string number, Func<Extension, Extension> change)
    {
        var key = ExtensionNumber.Parse(number);
        _call.Tenant = _call.Tenant with { Extensions = _call.Tenant.Extensions.SetItem(key, change(_call.Tenant.Extensions[key])) };
    }
}

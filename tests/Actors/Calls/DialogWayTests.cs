using System.Net;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Where the requests of a dialog go: to a phone where it was heard last, to a carrier where its Contact or route says (RFC 3261 §12.2.1.1).</summary>
public sealed class DialogWayTests
{
    static readonly byte[] _key = new byte[32];

    /// <summary>The same phone behind the same NAT, from another port of it.</summary>
    static readonly SipFlow _moved = CallTable.Flow with { Id = new FlowId(-2), Remote = IPEndPoint.Parse("198.51.100.7:40123") };

    readonly CallTable _call = new();

    [Theory]
    [InlineData("INVITE", "alice")]
    [InlineData("UPDATE", null)]
    [InlineData("OPTIONS", null)]
    [InlineData("INFO", null)]
    public void A_phone_is_followed_to_where_it_is_heard_now_also_after_a_restart(string method, string? sdp)
    {
        Talk();
        _call.FromCaller(method, 2, sdp, flow: _moved);
        if (method == "INVITE") _call.FromCaller("ACK", 2);
        Assert.Equal(_moved.Remote, _call.Call.Legs[0].Target.Remote);

        _call.Restart();

        var (dialog, target) = (_call.Call.Legs[0].Dialog!, _call.Call.Legs[0].Target);
        Assert.Equal((_moved.Remote, _moved.Id), (target.Remote, target.Flow));
        Assert.Equal(_moved.Remote, CallSip.TargetOf(dialog with { RemoteTarget = SipUri.Parse("sip:10@192.168.1.5:5060") }, target).Remote);
        Assert.Equal(Via(1), _call.Call.Legs[1].Target.Remote);
    }

    [Fact]
    public void Only_what_is_new_in_the_dialog_moves_a_phone()
    {
        Talk();
        _call.FromCaller("INFO", 5);
        var events = _call.Events.Count;

        _call.FromCaller("INFO", 6, from: "mallory", flow: _moved);
        _call.FromCaller("INFO", 4, flow: _moved);
        _call.FromCaller("INFO", 5, flow: _moved); // sent again by whoever has heard it
        _call.FromCaller("INFO", 7, flow: _moved with { Transport = TransportKind.Tcp }); // too long for a datagram

        Assert.Equal(CallTable.Flow.Remote, _call.Call.Legs[0].Target.Remote);
        Assert.Equal(events, _call.Events.Count);
    }

    [Fact]
    public void A_connection_that_was_made_anew_is_the_way_from_then_on()
    {
        _call.DialSecurely("11", Convert.ToBase64String(new byte[30]));
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
        _call.FromCaller("INFO", 2, flow: CallTable.TlsFlow with { Id = new FlowId(8) });
        Assert.Equal(new FlowId(8), _call.Call.Legs[0].Target.Flow);
    }

    [Fact]
    public async Task A_carrier_is_acknowledged_and_told_at_the_host_that_its_Contact_names()
    {
        _call.Names.Known["gw2.carrier.pl"] = ["192.0.2.77"];
        DialOut();
        _call.Answer(1, 180, contact: "sip:gw2.carrier.pl");
        await _call.Hosts.Get("gw2.carrier.pl", CancellationToken.None); // asked for by then, without anybody waiting
        _call.Answer(1, 200, "bob", contact: "sip:gw2.carrier.pl");
        Assert.Equal("UDP 192.0.2.77:5060", Assert.Single(_call.Done<CallEffect.Ack>()).Target.ToString());

        _call.FromCaller("ACK", 1);
        _call.Take(new CallCommand.Refresh(1));
        Assert.Equal("UDP 192.0.2.77:5060", _call.Invite(1).Sent.Target.ToString());
    }

    [Fact]
    public void A_carrier_whose_name_nobody_knows_is_where_the_INVITE_went()
    {
        DialOut();
        _call.Answer(1, 200, "bob", contact: "sip:gw9.carrier.pl");
        Assert.Equal("UDP 192.0.2.10:5060", Assert.Single(_call.Done<CallEffect.Ack>()).Target.ToString());
    }

    [Theory]
    [InlineData("sip:gw@gw2.carrier.pl:5070", "UDP 192.0.2.77:5070")]
    [InlineData("sip:gw@gw2.carrier.pl;transport=tcp", "TCP 192.0.2.77:5060")]
    [InlineData("sip:gw@192.0.2.78;transport=tcp", "TCP 192.0.2.78:5060")]
    [InlineData("sips:gw@gw2.carrier.pl", "TLS 192.0.2.77:5061")]
    [InlineData("sip:gw@elsewhere.example;maddr=192.0.2.99", "UDP 192.0.2.99:5060")]
    [InlineData("sip:gw@many.carrier.pl", "UDP 192.0.2.10:5060")] // one of them is where the INVITE went
    [InlineData("sip:gw@six.carrier.pl", "UDP 192.0.2.10:5060")] // the media is not there
    [InlineData("sip:gw@lan.carrier.pl", "UDP 192.0.2.10:5060")] // in its own network
    [InlineData("sip:gw@gw2.carrier.pl;transport=ws", "UDP 192.0.2.10:5060")]
    [InlineData("sip:gw@gw2.carrier.pl;transport=sctp", "UDP 192.0.2.10:5060")]
    public async Task A_carrier_says_where_and_by_what(string contact, string way)
    {
        var names = new KnownHosts();
        names.Known["gw2.carrier.pl"] = ["192.0.2.77"];
        names.Known["many.carrier.pl"] = ["192.0.2.76", "192.0.2.10"];
        names.Known["six.carrier.pl"] = ["2001:db8::1"];
        names.Known["lan.carrier.pl"] = ["10.0.0.5"];
        var hosts = new HostCache(names, TimeProvider.System);
        foreach (var name in names.Known.Keys) await hosts.Get(name, CancellationToken.None);
        TransportKind[] ours = [TransportKind.Udp, TransportKind.Tcp, TransportKind.Tls];
        var sip = new CallSip(
            "pbx.test", [.. ours.Select(kind => new SipEndpoint(kind, IPEndPoint.Parse("127.0.0.1:5060")))],
            new LocalTag(_key), new OnNet(_key), new SystemRandomSource(), "TeleCube", hosts);
        var known = new SipTarget(TransportKind.Udp, IPEndPoint.Parse("192.0.2.10:5060"));
        var dialog = DialogTo(contact);

        Assert.Equal(way, sip.TargetOf(dialog, known, new Party.Outside("first", "222333444")).ToString());
        var routed = DialogTo("sip:gw@192.0.2.55") with { RouteSet = [new NameAddress(SipUri.Parse(contact).WithParameter("lr"))] };
        Assert.Equal(way, sip.TargetOf(routed, known, new Party.Outside("first", "222333444")).ToString());
    }

    [Theory] // RFC 3515 §2.4.2
    [InlineData("sip:12@pbx.test;method=BYE", 400)]
    [InlineData("sip:12@other.example", 202)] // by whatever name a phone knows us
    [InlineData("sip:12@pbx.test", 202)]
    [InlineData("sip:12@pbx.test;method=INVITE", 202)]
    [InlineData("sip:12@127.0.0.1", 202)]
    [InlineData("sip:12@anonymous.invalid?Replaces=a%3Bto-tag%3Db%3Bfrom-tag%3Dc", 202)] // whose call that is, the tags say
    public void A_transfer_is_an_INVITE_to_somebody_here(string to, int status)
    {
        Talk();
        _call.FromCallee(1, "REFER", 7, extra: $"Refer-To: <{to}>\r\n");
        Assert.Equal(status, _call.Response(status).Status);
        if (status == 202) return;
        Assert.Empty(_call.Done<CallEffect.Invite>());
        Assert.Null(_call.Call.Transfer);
    }

    void Talk()
    {
        _call.Dial("11");
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
    }

    void DialOut()
    {
        _call.Dial("222333444");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
    }

    static IPEndPoint Via(int phone) => IPEndPoint.Parse($"127.0.0.3:{5060 + phone}");

    static Dialog DialogTo(string contact) => new()
    {
        CallId = "c",
        LocalTag = "us",
        RemoteTag = "them",
        Local = NameAddress.Parse("<sip:10@pbx.test>"),
        Remote = NameAddress.Parse("<sip:222333444@192.0.2.10>"),
        RemoteTarget = SipUri.Parse(contact),
    };
}

using System.Net;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Trunks;
using TeleCube.Sip.Auth;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Trunks;

/// <summary>By which trunk a request comes.</summary>
public sealed class TrunkGateTests : IDisposable
{
    static readonly SipFlow _flow =
        new(new FlowId(-1), TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5060), "127.0.0.1", 5060, IPEndPoint.Parse("192.0.2.1:5080"));

    static readonly TrunkConfig _a = new(new("a"), "192.0.2.1") { Port = 5080 };
    static readonly TrunkConfig _b = new(new("b"), "192.0.2.1") { Port = 5090, Registration = new("account-b", "x") };
    static readonly TrunkConfig _named = new(new("named"), "sip.carrier.example");

    readonly PlatformRegistry _platform = new();
    readonly TrunkRegistry _trunks = new();
    readonly ManualClock _clock = new();
    readonly SystemRandomSource _random = new();
    readonly BanList _bans;
    readonly TrunkGate _gate;

    public TrunkGateTests()
    {
        _bans = new BanList(new BanOptions { MaxFailures = 3 }, _clock);
        var digest = new DigestServer(new NonceMint(new NonceKeys(new NonceKey(1, new byte[32])), _random, _clock), _clock, TimeSpan.FromMinutes(5));
        _gate = new TrunkGate(_platform, _trunks, digest, _bans, new PlainTagSource(_random, new byte[32]), "telecube", _clock);
    }

    public void Dispose() => _bans.Dispose();

    void Configured(params TrunkConfig[] trunks) =>
        _platform.Publish(trunks.Select(trunk => new PlatformEvent.TrunkSaved(trunk)).Aggregate(PlatformState.Initial, PlatformRules.Apply));

    string? Identified(string source, string user = "+48943401128") => _gate.Identify(Invite(user), new SipFlow(
        new FlowId(-1), TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5060), "127.0.0.1", 5060, IPEndPoint.Parse(source)))?.Id.Value;

    static SipRequest Invite(string user)
    {
        var invite = new SipRequest(SipMethod.Invite, SipUri.Sip(user, "127.0.0.1"))
        {
            From = new NameAddress(SipUri.Sip("+48111222333", "192.0.2.1")).WithTag("carrier"),
            To = new NameAddress(SipUri.Sip(user, "127.0.0.1")),
            CallId = "c1",
            CSeq = new CSeq(1, SipMethod.Invite),
            MaxForwards = 70,
        };
        invite.Headers.Add(SipHeaderName.Via, "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1");
        return invite;
    }

    [Fact]
    public void Wrong_passwords_are_counted_and_shut_out_that_trunk_at_that_source_alone()
    {
        var (wrong, other) = (_a with { Inbound = new("carrier", "secret") }, _b with { Inbound = new("carrier-b", "secret") });
        for (var i = 0; i < 3; i++)
        {
            var (asks, guesses) = (Invite("1"), Invite("1"));
            Assert.True(new DigestClient("carrier", "guess", _random).TryAnswer(asks, _gate.Refuse(asks, wrong, _flow)!, guesses));
            Assert.Equal(401, _gate.Refuse(guesses, wrong, _flow)?.Status);
        }

        Assert.Equal(403, _gate.Refuse(Invite("1"), wrong, _flow)?.Status);
        Assert.Equal(401, _gate.Refuse(Invite("1"), other, _flow)?.Status);
        Assert.False(_bans.IsBanned(_flow.Remote.Address));
        var ban = Assert.Single(_bans.Current());
        Assert.Equal(("trunk a", 3), (ban.User, ban.Failures));
        _clock.Advance(new BanOptions().BanFor);
        Assert.Equal(401, _gate.Refuse(Invite("1"), wrong, _flow)?.Status);
    }

    [Fact]
    public void A_stranger_comes_by_none()
    {
        Configured(_a, _a with { Id = new("off"), Host = "192.0.2.9", Enabled = false });
        Assert.Equal("a", Identified("192.0.2.1:40000"));
        Assert.Null(Identified("192.0.2.2:5060"));
        Assert.Null(Identified("192.0.2.9:5060"));
    }

    [Fact]
    public void Trunks_of_one_address_are_told_apart_by_account_then_by_port()
    {
        Configured(_a, _b);
        Assert.Equal("a", Identified("192.0.2.1:5080"));
        Assert.Equal("b", Identified("192.0.2.1:5090"));
        Assert.Equal("b", Identified("192.0.2.1:5080", "account-b"));
    }

    [Fact]
    public void A_host_by_name_is_known_by_the_addresses_that_it_resolved_to()
    {
        Configured(_named);
        Assert.Null(Identified("203.0.113.5:5060"));
        _trunks.Publish(new TrunkStatus(_named.Id, TrunkHealth.Up, 0, _clock.GetUtcNow()) { Addresses = [IPAddress.Parse("203.0.113.5")] });
        Assert.Equal("named", Identified("203.0.113.5:5060"));
    }

    [Fact]
    public void Where_the_operator_wants_it_the_carrier_proves_itself()
    {
        Assert.Null(_gate.Refuse(Invite("1"), _a, _flow));
        var trunk = _a with { Inbound = new("carrier", "secret") };
        var (invite, wrong, right) = (Invite("1"), Invite("1"), Invite("1"));
        var challenge = _gate.Refuse(invite, trunk, _flow);
        Assert.Equal(401, challenge?.Status);
        Assert.True(new DigestClient("carrier", "guess", _random).TryAnswer(invite, challenge!, wrong));
        Assert.Equal(401, _gate.Refuse(wrong, trunk, _flow)?.Status);
        Assert.True(new DigestClient("carrier", "secret", _random).TryAnswer(invite, challenge!, right));
        Assert.Null(_gate.Refuse(right, trunk, _flow));
        Assert.Equal(401, _gate.Refuse(right, trunk, _flow)?.Status); // a replay
    }
}

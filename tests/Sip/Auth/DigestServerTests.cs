using TeleCube.Sip.Auth;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Tests.Transactions;
using TeleCube.Sip.Transactions;
using TeleCube.Tests.Support;

namespace TeleCube.Sip.Tests.Auth;

/// <summary>Client and server against each other, and the server against whoever tries to cheat.</summary>
public sealed class DigestServerTests
{
    const string Realm = "demo.telecube.pl";
    static readonly DigestSecret _alice = DigestSecret.From("alice", Realm, "wonderland");
    readonly ManualClock _clock = new();
    readonly DigestServer _server;
    readonly NonceCounters _counters;

    public DigestServerTests()
    {
        _server = new(new(new(new(7, "a key of thirty-two bytes or so.."u8.ToArray())), new SystemRandomSource(), _clock), _clock, TimeSpan.FromMinutes(5));
        _counters = new(_clock.GetUtcNow());
    }

    [Fact]
    public void Both_algorithms_are_offered_the_stronger_first()
    {
        var refused = _server.Refuse(Bench.Request("REGISTER"), 401, Realm, "us");
        var challenges = refused.Headers.All(SipHeaderName.WwwAuthenticate).ToArray();
        Assert.Equal(2, challenges.Length);
        Assert.Contains("algorithm=SHA-256", challenges[0], StringComparison.Ordinal);
        Assert.Contains("algorithm=MD5", challenges[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(407)]
    public void The_right_password_is_accepted(int status)
    {
        var (request, _) = Answer("wonderland", status);
        Assert.Equal("SHA-256", DigestServer.CredentialsFor(request, Realm)!.Algorithm);
        Assert.Equal(DigestVerdict.Accepted, Verify(request));
    }

    [Fact]
    public void A_phone_that_knows_only_MD5_is_accepted()
    {
        var refused = _server.Refuse(Bench.Request("REGISTER"), 401, Realm, "us");
        refused.Headers.RemoveFirst(SipHeaderName.WwwAuthenticate);
        var next = Bench.Request("REGISTER", cseq: 2);
        Assert.True(Client("wonderland").TryAnswer(Bench.Request("REGISTER"), refused, next));
        Assert.Equal("MD5", DigestServer.CredentialsFor(next, Realm)!.Algorithm);
        Assert.Equal(DigestVerdict.Accepted, Verify(next));
    }

    [Fact]
    public void A_wrong_password_is_not() => Assert.Equal(DigestVerdict.WrongPassword, Verify(Answer("guess").Request));

    [Fact]
    public void An_unknown_user_is_not() => Assert.Equal(DigestVerdict.UnknownUser, Verify(Answer("wonderland").Request, secret: null));

    [Fact]
    public void Another_users_secret_does_not_help() =>
        Assert.Equal(DigestVerdict.UnknownUser, Verify(Answer("wonderland").Request, DigestSecret.From("bob", Realm, "wonderland")));

    [Fact]
    public void A_replay_is_found_out()
    {
        var (request, _) = Answer("wonderland");
        Assert.Equal(DigestVerdict.Accepted, Verify(request));
        Assert.Equal(DigestVerdict.Replayed, Verify(request));
    }

    [Fact]
    public void Credentials_of_one_method_are_no_good_for_another()
    {
        var credentials = DigestServer.CredentialsFor(Answer("wonderland").Request, Realm)!;
        Assert.Equal(DigestVerdict.WrongPassword, _server.Verify(credentials, SipMethod.Invite, Realm, _alice, _counters));
    }

    [Fact]
    public void The_next_request_counts_on_with_the_same_nonce()
    {
        var (request, client) = Answer("wonderland");
        Assert.Equal(DigestVerdict.Accepted, Verify(request));
        var next = Bench.Request("REGISTER", cseq: 3);
        client.Authorize(next);
        Assert.Equal(2u, DigestServer.CredentialsFor(next, Realm)!.NonceCount);
        Assert.Equal(DigestVerdict.Accepted, Verify(next));
    }

    [Fact]
    public void An_old_nonce_with_the_right_password_is_stale_and_the_client_tries_once_more()
    {
        var (request, client) = Answer("wonderland");
        _clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(DigestVerdict.Stale, Verify(request));

        var again = Bench.Request("REGISTER", cseq: 3);
        Assert.True(client.TryAnswer(request, _server.Refuse(request, 401, Realm, "us", stale: true), again));
        Assert.Equal(DigestVerdict.Accepted, Verify(again));
    }

    [Fact]
    public void A_client_that_is_refused_again_gives_up()
    {
        var (request, client) = Answer("guess");
        Assert.False(client.TryAnswer(request, _server.Refuse(request, 401, Realm, "us"), Bench.Request("REGISTER", cseq: 3)));
    }

    [Fact]
    public void An_old_nonce_with_a_wrong_password_is_not_called_stale()
    {
        var (request, _) = Answer("guess");
        _clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(DigestVerdict.WrongPassword, Verify(request));
    }

    [Theory]
    [InlineData("Digest username=\"alice\", realm=\"demo.telecube.pl\", nonce=\"N\", uri=\"sip:x\", response=\"x\", qop=auth-int, cnonce=\"c\", nc=00000001",
        DigestVerdict.UnsupportedQop)]
    [InlineData("Digest username=\"alice\", realm=\"demo.telecube.pl\", nonce=\"N\", uri=\"sip:x\", response=\"x\", algorithm=SHA-512-256", DigestVerdict.UnsupportedAlgorithm)]
    [InlineData("Digest username=\"alice\", realm=\"demo.telecube.pl\", nonce=\"N\", uri=\"sip:x\", response=\"x\", algorithm=MD5-sess", DigestVerdict.UnsupportedAlgorithm)]
    [InlineData("Digest username=\"alice\", realm=\"demo.telecube.pl\", nonce=\"N\", uri=\"sip:x\", response=\"x\"", DigestVerdict.Malformed)]
    [InlineData("Digest username=\"alice\", realm=\"demo.telecube.pl\", nonce=\"N\", uri=\"sip:x\", response=\"x\", qop=auth, cnonce=\"c\", nc=1", DigestVerdict.Malformed)]
    [InlineData("Digest username=\"alice\", realm=\"demo.telecube.pl\", nonce=\"N\", uri=\"sip:x\", response=\"x\", qop=auth, cnonce=\"c\", nc=00000001",
        DigestVerdict.WrongPassword)]
    public void Each_fault_has_its_name(string header, DigestVerdict verdict)
    {
        var request = Bench.Request("REGISTER");
        request.Headers.Add(SipHeaderName.Authorization, header);
        Assert.Equal(verdict, Verify(request));
    }

    [Fact]
    public void A_client_answers_a_proxy_and_a_server_at_once()
    {
        var refused = _server.Refuse(Bench.Request("INVITE"), 401, Realm, "us");
        refused.Headers.Add(SipHeaderName.ProxyAuthenticate, DigestChallenge.Create("proxy", "n", "MD5", qop: null));
        var next = Bench.Request("INVITE", cseq: 2);
        Assert.True(Client("wonderland").TryAnswer(Bench.Request("INVITE"), refused, next));
        Assert.NotNull(next.Headers.First(SipHeaderName.Authorization));
        Assert.NotNull(next.Headers.First(SipHeaderName.ProxyAuthorization));
    }

    (SipRequest Request, DigestClient Client) Answer(string password, int status = 401)
    {
        var client = Client(password);
        var first = Bench.Request("REGISTER");
        var next = Bench.Request("REGISTER", cseq: 2);
        Assert.True(client.TryAnswer(first, _server.Refuse(first, status, Realm, "us"), next));
        return (next, client);
    }

    DigestVerdict Verify(SipRequest request) => Verify(request, _alice);

    DigestVerdict Verify(SipRequest request, DigestSecret? secret) =>
        _server.Verify(DigestServer.CredentialsFor(request, Realm)!, request.Method, Realm, secret, _counters);

    static DigestClient Client(string password) => new("alice", password, new SystemRandomSource());
}

using TeleCube.Sip.Headers;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Tests.Headers;

/// <summary>One row for each header and form: wire in, wire out; and what is no such header.</summary>
public sealed class HeaderTests
{
    [Theory]
    [InlineData("314159 INVITE", "314159 INVITE")]
    [InlineData("0009   X-NEW ", "9 X-NEW")]
    public void CSeq_is_read(string wire, string written) => Reads<CSeq>(wire, written);

    [Theory]
    [InlineData("<sip:a@b>", "<sip:a@b>")]
    [InlineData("sip:a@b;tag=1", "<sip:a@b>;tag=1")]
    [InlineData("Anna Maria <sip:a@b;lr>;tag=1;x", "\"Anna Maria\" <sip:a@b;lr>;tag=1;x")]
    [InlineData("\"Ż \\\" \\\\\"<sips:a@b> ; expires = 60", "\"Ż \\\" \\\\\" <sips:a@b>;expires=60")]
    [InlineData("Zażółć <tel:+48123>", "\"Zażółć\" <tel:+48123>")]
    [InlineData("<sip:a@b>;+sip.instance=\"<urn:uuid:1>\"", "<sip:a@b>;+sip.instance=\"<urn:uuid:1>\"")]
    public void NameAddress_is_read(string wire, string written) => Reads<NameAddress>(wire, written);

    [Theory]
    [InlineData("SIP/2.0/UDP a.b:5060;branch=z9hG4bK1;rport", "SIP/2.0/UDP a.b:5060;branch=z9hG4bK1;rport")]
    [InlineData("sip / 2.0 / TLS [2001:db8::1] : 5061", "SIP/2.0/TLS [2001:db8::1]:5061")]
    [InlineData("SIP/2.0/UDP a;received=::1;ttl=1", "SIP/2.0/UDP a;received=::1;ttl=1")]
    public void Via_is_read(string wire, string written) => Reads<Via>(wire, written);

    [Theory]
    [InlineData("3600", "3600")]
    [InlineData("99999999999999999999", "4294967295")]
    public void Expires_is_read(string wire, string written)
    {
        Reads<Expires>(wire, written);
        Reads<MinExpires>(wire, written);
    }

    [Theory]
    [InlineData("1800;refresher=uac", "1800;refresher=uac")]
    [InlineData("90", "90")]
    public void Session_timers_are_read(string wire, string written)
    {
        Reads<SessionExpires>(wire, written);
        Reads<MinSE>(wire, written.Split(';')[0]);
    }

    [Fact]
    public void Reliable_responses_are_read()
    {
        Reads<RSeq>("988789", "988789");
        Reads<RAck>("776656 1 INVITE", "776656 1 INVITE");
    }

    [Theory]
    [InlineData("<sip:a@b?Replaces=1%40c%3Bto-tag%3Dt%3Bfrom-tag%3Df>", "<sip:a@b?Replaces=1%40c%3Bto-tag%3Dt%3Bfrom-tag%3Df>")]
    [InlineData("sip:a@b?Replaces=1@c;to-tag=t;from-tag=f", "<sip:a@b?Replaces=1@c;to-tag=t;from-tag=f>")]
    public void ReferTo_is_read_with_its_Replaces(string wire, string written)
    {
        var refer = Reads<ReferTo>(wire, written);
        Assert.Equal(new Replaces("1@c", "t", "f"), refer.Replaces);
        Assert.Equal("sip:a@b", refer.Target.ToString());
    }

    [Fact]
    public void Identities_are_read()
    {
        Reads<ReferredBy>("<sip:a@b>;cid=x", "<sip:a@b>;cid=x");
        Reads<PAssertedIdentity>("\"A\" <sip:+48123@b>", "\"A\" <sip:+48123@b>");
        Reads<PPreferredIdentity>("tel:+48123", "<tel:+48123>");
        Assert.True(Reads<Privacy>("header; id,critical", "header;id;critical").HidesCaller);
        Assert.False(Reads<Privacy>("none", "none").HidesCaller);
    }

    [Fact]
    public void The_way_of_a_forwarded_call_is_read()
    {
        var diversion = Reads<Diversion>("<sip:a@b>;reason=no-answer;counter=3;privacy=full", "<sip:a@b>;reason=no-answer;counter=3;privacy=full");
        Assert.Equal(("no-answer", 3, "full"), (diversion.Reason, diversion.Counter, diversion.Privacy));
        var entry = Reads<HistoryInfo>("<sip:a@b?Reason=SIP%3Bcause%3D486>;index=1.1", "<sip:a@b?Reason=SIP%3Bcause%3D486>;index=1.1");
        Assert.Equal(("1.1", 486), (entry.Index, entry.Reason!.Cause));
        Assert.Equal("<sip:a@b>;reason=unconditional;counter=1", new Diversion(SipUri.Parse("sip:a@b"), "unconditional").ToString());
    }

    [Fact]
    public void Replaces_is_read()
    {
        Assert.True(Reads<Replaces>("9@h ;from-tag=f; to-tag=t;early-only", "9@h;to-tag=t;from-tag=f;early-only").EarlyOnly);
        Refuses<Replaces>("9@h;to-tag=t");
        Refuses<Replaces>("9@h");
    }

    [Theory]
    [InlineData("SIP;cause=200;text=\"Call completed elsewhere\"", 200, "Call completed elsewhere")]
    [InlineData("Q.850;cause=16", 16, null)]
    public void Reason_is_read(string wire, int cause, string? text)
    {
        var reason = Reads<Reason>(wire, wire);
        Assert.Equal((cause, text), (reason.Cause, reason.Text));
        Assert.Equal("SIP;cause=200;text=\"Call completed elsewhere\"", Reason.CompletedElsewhere.ToString());
    }

    [Theory]
    [InlineData("120", "120")]
    [InlineData("18000;duration=3600", "18000;duration=3600")]
    [InlineData("120 (I'm in a (long) meeting)", "120")]
    [InlineData("120 (a \\) b) ;duration=1", "120;duration=1")]
    public void RetryAfter_is_read(string wire, string written) => Reads<RetryAfter>(wire, written);

    [Fact]
    public void Events_are_read()
    {
        Assert.Equal("93", Reads<Event>("refer;id=93", "refer;id=93").Id);
        var state = Reads<SubscriptionState>("active;expires=60", "active;expires=60");
        Assert.Equal(TimeSpan.FromMinutes(1), state.Expires);
        Assert.True(Reads<SubscriptionState>("terminated;reason=noresource", "terminated;reason=noresource").IsTerminated);
        Assert.Null(Reads<SubscriptionState>("active;expires=-1", "active;expires=-1").Expires); // kept as it came, and no time
        Assert.Equal("message-summary", Reads<Event>("message-summary ; foo", "message-summary;foo").Package);
    }

    [Fact]
    public void Body_headers_are_read()
    {
        Assert.Equal("a b", Reads<ContentType>("multipart/mixed;boundary=\"a b\"", "multipart/mixed;boundary=\"a b\"").Parameters["boundary"]);
        Assert.True(Reads<ContentType>("Application / SDP", "Application/SDP").IsSdp);
        Assert.True(Reads<ContentDisposition>("session;handling=optional", "session;handling=optional").IsOptional);
    }

    [Fact]
    public void Dates_and_warnings_are_read()
    {
        Reads<SipDate>("Sat, 13 Nov 2010 23:29:00 GMT", "Sat, 13 Nov 2010 23:29:00 GMT");
        Reads<Warning>("304 isi.edu:5060 \"Incompatible \\\"media\\\"\"", "304 isi.edu:5060 \"Incompatible \\\"media\\\"\"");
    }

    [Fact]
    public void Credentials_are_read()
    {
        const string wire = "Digest username=\"bob\", realm=\"biloxi.com\", nonce=\"dcd98b\", uri=\"sip:bob@biloxi.com\", qop=auth, nc=0000000a, " +
            "cnonce=\"0a4f113b\", response=\"6629fae4\", opaque=\"5ccc\", algorithm=SHA-256";
        var credentials = Reads<DigestCredentials>(wire, wire);
        Assert.Equal(("bob", "biloxi.com", "dcd98b", "sip:bob@biloxi.com"), (credentials.UserName, credentials.Realm, credentials.Nonce, credentials.Uri));
        Assert.Equal(("auth", 10u, "0000000a", "SHA-256"), (credentials.Qop, credentials.NonceCount!.Value, credentials.NonceCountText, credentials.Algorithm));
        Refuses<DigestCredentials>("Digest username=\"a\", username=\"b\"");
        Refuses<DigestCredentials>("Basic x");
        Refuses<DigestCredentials>("Digest");
    }

    [Fact]
    public void A_challenge_is_read_and_made()
    {
        var challenge = Reads<DigestChallenge>(
            "Digest realm=\"a\", nonce=\"n\", stale=TRUE, algorithm=MD5, qop=\"auth, auth-int\"",
            "Digest realm=\"a\", nonce=\"n\", stale=TRUE, algorithm=MD5, qop=\"auth, auth-int\"");
        Assert.True(challenge.IsStale);
        Assert.Equal(["auth", "auth-int"], challenge.Qop);
        Assert.Equal("Digest realm=\"r\", nonce=\"n\", algorithm=MD5, qop=\"auth\"", DigestChallenge.Create("r", "n").ToString());
        var answer = DigestCredentials.Create("u", challenge, "sip:a", "00", "auth", "c");
        Assert.Equal("Digest username=\"u\", realm=\"a\", nonce=\"n\", uri=\"sip:a\", response=\"00\", algorithm=MD5, cnonce=\"c\", qop=auth, nc=00000001", answer.ToString());
    }

    [Fact]
    public void What_is_malformed_is_refused()
    {
        foreach (var bad in new[] { "", "INVITE", "1", "1INVITE", "-1 INVITE", "2147483648 INVITE", "1 INVITE x" }) Refuses<CSeq>(bad);
        foreach (var bad in new[] { "", "<sip:a@b", "sip:a@b>", "<>", "\"a <sip:a@b>", "a, b <sip:a@b>", "<sip:a@b>;", "<sip:a@b>x", "<sip:a@b>;=1" }) Refuses<NameAddress>(bad);
        foreach (var bad in new[] { "", "SIP/2.0/UDP", "SIP/3.0/UDP a", "SIP/2.0 a", "SIP/2.0/UDP a:b", "SIP/2.0/UDP a;", "SIP/2.0/UDP [::1" }) Refuses<Via>(bad);
        foreach (var bad in new[] { "", "x", "-1", "1.5", "256" }) Refuses<MaxForwards>(bad);
        foreach (var bad in new[] { "", "x", "-1", "1 2" }) Refuses<Expires>(bad);
        foreach (var bad in new[] { "", "1", "1 2", "1 x INVITE" }) Refuses<RAck>(bad);
        foreach (var bad in new[] { "", ";cause=1", "SIP cause" }) Refuses<Reason>(bad);
        foreach (var bad in new[] { "", ";id=1", "dialog;", "dialog x", "a, b", "dialog;=1", "dia\"log", "dialog;id=\"1" }) Refuses<Event>(bad);
        foreach (var bad in new[] { "", ";expires=1", "active;", "active expires=1", "active;expires=\"" }) Refuses<SubscriptionState>(bad);
        foreach (var bad in new[] { "", "x/", "/x", "a/b c" }) Refuses<ContentType>(bad);
        foreach (var bad in new[] { "", "1812 a \"x\"", "304 a x", "304 \"x\"" }) Refuses<Warning>(bad);
        foreach (var bad in new[] { "", "120 (unclosed", "x" }) Refuses<RetryAfter>(bad);
        foreach (var bad in new[] { "", "a b", "ż" }) Refuses<CallId>(bad);
    }

    static T Reads<T>(string wire, string written) where T : ISipHeaderValue<T>
    {
        Assert.True(WireText.TryParse<T>(wire, out var value), wire);
        Assert.Equal(written, WireText.Of(value!));
        Assert.Equal(written, WireText.Of(WireText.Parse<T>(written)));
        return value!;
    }

    static void Refuses<T>(string wire) where T : ISipHeaderValue<T> => Assert.False(WireText.TryParse<T>(wire, out _), $"{typeof(T).Name} '{wire}'");
}

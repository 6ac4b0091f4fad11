using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Trunks;

/// <summary>The requests that a trunk sends of its own: REGISTER (RFC 3261 §10.2) and OPTIONS (§11).</summary>
static class TrunkRequests
{
    const string Agent = "TeleCube";
    const int Hops = 70;

    public static SipUri Uri(string? user, string host, int? port, TrunkTransport transport)
    {
        var uri = SipUri.Sip(user, host, port);
        return transport == TrunkTransport.Udp ? uri : uri.WithParameter("transport", transport == TrunkTransport.Tls ? "tls" : "tcp");
    }

    public static SipRequest Register(TrunkConfig trunk, TrunkRegistration registration, SipEndpoint local, TrunkDialogue dialogue, TimeSpan expires)
    {
        var registrar = Registrar(trunk, registration);
        var address = new NameAddress(SipUri.Sip(registration.User, registrar.Host));
        var request = Begin(SipMethod.Register, registrar, address, address, dialogue);
        request.Contact = new NameAddress(Uri(registration.User, local.AdvertisedHost, local.AdvertisedPort, trunk.Transport));
        request.Expires = expires;
        return request;
    }

    public static SipRequest Ping(TrunkConfig trunk, SipEndpoint local, TrunkDialogue dialogue) => Begin(
        SipMethod.Options, Uri(null, trunk.Host, trunk.Port, trunk.Transport),
        new NameAddress(SipUri.Sip("ping", local.AdvertisedHost)), new NameAddress(SipUri.Sip(null, trunk.Host)), dialogue);

    /// <summary>The registrar's domain; a configured <c>host</c> or <c>host:port</c>, else the trunk's host.</summary>
    static SipUri Registrar(TrunkConfig trunk, TrunkRegistration registration) =>
        registration.Registrar is { Length: > 0 } named && SipUri.TryParse($"sip:{named}", out var uri) ? uri : SipUri.Sip(null, trunk.Host);

    static SipRequest Begin(SipMethod method, SipUri uri, NameAddress from, NameAddress to, TrunkDialogue dialogue)
    {
        var request = new SipRequest(method, uri)
        {
            MaxForwards = Hops,
            From = from.WithTag(dialogue.Tag),
            To = to,
            CallId = dialogue.CallId,
            CSeq = new CSeq(dialogue.CSeq, method),
        };
        request.Headers.Add(SipHeaderName.UserAgent, Agent);
        return request;
    }
}

/// <summary>
/// What a trunk's requests of one kind have in common: all its REGISTERs have one Call-ID and growing CSeqs (RFC 3261 §10.2.4).
/// </summary>
sealed class TrunkDialogue(string callId, string tag)
{
    public string CallId => callId;

    public string Tag => tag;

    public uint CSeq { get; private set; }

    public TrunkDialogue Next()
    {
        CSeq++;
        return this;
    }
}

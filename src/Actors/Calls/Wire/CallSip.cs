using System.Net;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Sdp;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>Who we are on the wire: our domain, our Contacts, what we allow and support.</summary>
public sealed class CallSip(
    string host, IReadOnlyList<SipEndpoint> endpoints, LocalTag tags, OnNet onNet, IRandomSource random, string server, HostCache? hosts = null)
{
    readonly NextHops _carriers = new(endpoints, hosts);

    public const string Allow = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REFER, NOTIFY, MESSAGE";
    public const string Supported = $"{OptionTags.Timer}, {OptionTags.Replaces}, {OptionTags.ReliableProvisional}, {OptionTags.NoReferSub}";

    /// <summary>What a request may require of us: the same, one by one.</summary>
    public static readonly string[] Extensions = Supported.Split(", ");

    /// <summary>The domain in From, To and realms.</summary>
    public string Host => host;

    /// <summary>The same where a port may follow: an IPv6 address stands in brackets.</summary>
    public string HostInUri => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;

    /// <summary>Our domain, or an address by which a phone may know us.</summary>
    public bool IsOurs(string name) =>
        string.Equals(name, HostInUri, StringComparison.OrdinalIgnoreCase)
        || endpoints.Any(endpoint => string.Equals(name.Trim('[', ']'), endpoint.AdvertisedHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase));

    public string Server => server;

    public LocalTag Tags => tags;

    public IRandomSource Random => random;

    public OnNet OnNet => onNet;

    /// <summary>One random byte, where an RFC asks for chance so that two peers do not keep step.</summary>
    public byte Dice()
    {
        Span<byte> dice = stackalloc byte[1];
        random.Fill(dice);
        return dice[0];
    }

    /// <summary>Our own address on the way to a target: what Contact names, and where a call to another tenant goes.</summary>
    public SipEndpoint EndpointFor(TransportKind transport, IPEndPoint? local, IPAddress remote) =>
        endpoints.FirstOrDefault(endpoint =>
            endpoint.Transport == transport
            && (endpoint.Bind.Equals(local) || (local is not null && endpoint.Bind.Port == local.Port && endpoint.Bind.Address.Equals(IPAddress.Any))))
        ?? endpoints.FirstOrDefault(endpoint => endpoint.Transport == transport && endpoint.Bind.AddressFamily == remote.AddressFamily)
        ?? endpoints.FirstOrDefault(endpoint => endpoint.Transport == transport)
        ?? endpoints[0];

    /// <summary>Ours towards a target; to a peer that is a sips one we are one too (RFC 3261 §8.1.1.8, §12.1.1).</summary>
    public NameAddress ContactFor(SipTarget target, bool secure = false)
    {
        var endpoint = EndpointFor(target.Transport, target.Local, target.Remote.Address);
        var sips = secure && target.Transport.IsSecure();
        var uri = new SipUri(sips ? UriScheme.Sips : UriScheme.Sip, "telecube", endpoint.AdvertisedHost, endpoint.AdvertisedPort);
        return new NameAddress(
            sips || target.Transport is TransportKind.Udp ? uri : uri.WithParameter("transport", target.Transport.Name().ToLowerInvariant()));
    }

    /// <summary>A response that may begin or refresh a dialog (RFC 3261 §12.1.1): with Contact, Allow and Supported.</summary>
    public SipResponse DialogResponse(ReceivedInvite received, int status, string? phrase, string? toTag)
    {
        var response = SipResponse.For(received.Request, status, phrase, toTag);
        response.Contact = ContactFor(SipTarget.To(received.Flow), IsSips(received.Request));
        response.Headers.Add(SipHeaderName.Allow, Allow);
        response.Headers.Add(SipHeaderName.Supported, Supported);
        response.Headers.Add(SipHeaderName.Server, server);
        return response;
    }

    /// <summary>RFC 3261 §21.4.13: who is refused for a body learns which one would do.</summary>
    public static void SayWhatIsTaken(SipResponse refusal, SipMethod method)
    {
        refusal.Headers.Add(SipHeaderName.Accept, method == SipMethod.Info ? DtmfInfo.Types : $"{SessionDescription.ContentType}, multipart/mixed");
        refusal.Headers.Add(SipHeaderName.AcceptEncoding, "identity");
    }

    static bool IsSips(SipRequest request) =>
        request.Uri.IsSecure || (request.RecordRoutes is [var first, ..] ? first : request.Contact)?.Uri is { IsSecure: true };

    /// <summary>Where a request within a leg's dialog goes. A phone is reached where it was heard, whatever name it gives itself; a carrier where it says.</summary>
    public SipTarget TargetOf(Dialog dialog, SipTarget known, Party party) => party is Party.Outside ? _carriers.Of(dialog, known) : TargetOf(dialog, known);

    /// <summary>The dialog has begun, or has another remote target: where that is will be asked for.</summary>
    public void Expect(Dialog? dialog, Party party)
    {
        if (dialog is not null && party is Party.Outside) _carriers.Expect(dialog);
    }

    /// <summary>
    /// Where a request within a dialog goes. The remote target counts (RFC 3261 §12.2.1.1), unless the peer sits behind
    /// a NAT and names an address there: then the way by which it was heard is the only one.
    /// </summary>
    public static SipTarget TargetOf(Dialog dialog, SipTarget known)
    {
        var next = dialog.NextHop;
        if (known.Transport is TransportKind.Ws or TransportKind.Wss || known.FlowOnly || !IPAddress.TryParse(next.Host.Trim('[', ']'), out var address))
            return known;
        if (IsBehindNat(address, known)) return known;
        if (next.Transport is { } transport && !transport.Equals(known.Transport.Name(), StringComparison.OrdinalIgnoreCase)) return known;
        var remote = new IPEndPoint(address, next.Port ?? known.Transport.DefaultPort());
        // A connection that lives is used as it is; after a restart it is gone, and another goes to where the peer listens, not to where it came from.
        return known with { Remote = remote, Flow = known.Transport is TransportKind.Udp ? FlowId.None : known.Flow };
    }

    /// <summary>It is an address of the peer's own network, and not the one on which it is heard.</summary>
    internal static bool IsBehindNat(IPAddress address, SipTarget known) =>
        !address.Equals(known.Remote.Address) && IsPrivate(address) && !IPAddress.IsLoopback(address);

    /// <summary>RFC 1918, RFC 6598, and link-local addresses: never reachable from outside.</summary>
    static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal) return true;
        if (address.AddressFamily is not System.Net.Sockets.AddressFamily.InterNetwork) return false;
        var bytes = address.GetAddressBytes();
        return bytes[0] switch
        {
            10 => true,
            172 => bytes[1] is >= 16 and < 32,
            192 => bytes[1] == 168,
            169 => bytes[1] == 254,
            100 => bytes[1] is >= 64 and < 128,
            _ => false,
        };
    }
}

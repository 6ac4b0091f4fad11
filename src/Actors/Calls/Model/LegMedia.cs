using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Model;

/// <summary>
/// The media of one leg as negotiated: our port and SDP, the peer's address, format,
/// direction and keys. Enough to take the leg over on another node.
/// </summary>
public sealed record LegMedia
{
    public required long Stream { get; init; }

    /// <summary>The address that our SDP names.</summary>
    public required string Address { get; init; }

    public required int Port { get; init; }

    /// <summary>The <c>o=</c> line's session id and version (RFC 3264 §8: the version grows with every changed description).</summary>
    public required ulong SessionId { get; init; }

    public required ulong Version { get; init; }

    /// <summary>The last session description that we sent. What the peer's said stands below; its text is on the timeline.</summary>
    public string? LocalSdp { get; init; }

    public string? RemoteAddress { get; init; }

    /// <summary>The host that the peer last described its media from, where that is not the one that the leg is signalled to: it has changed its network.</summary>
    public string? SignalledFrom { get; init; }

    public int RemotePort { get; init; }

    public int RemoteRtcpPort { get; init; }

    public bool RtcpMux { get; init; }

    public Codec Codec { get; init; }

    public byte PayloadType { get; init; }

    public byte? TelephoneEvent { get; init; }

    public int FrameMs { get; init; } = 20;

    /// <summary>Our direction: what we may send and receive.</summary>
    public MediaDirection Direction { get; init; } = MediaDirection.SendReceive;

    /// <summary>RFC 4568: our own and the peer's <c>suite inline-key</c> (base64 of master key and salt), or null for plain RTP.</summary>
    public string? CryptoSuite { get; init; }

    public string? LocalKey { get; init; }

    public string? RemoteKey { get; init; }

    /// <summary>IPv4 or IPv6, as our address is.</summary>
    [JsonIgnore]
    public AddressFamily Family => IPAddress.TryParse(Address, out var address) ? address.AddressFamily : AddressFamily.InterNetwork;

    public bool Negotiated => RemoteAddress is not null;
}

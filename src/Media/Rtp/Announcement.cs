using TeleCube.Media.Messages;
using TeleCube.Media.Sockets;

namespace TeleCube.Media.Rtp;

/// <summary>Whom a plan names as the peer: the address of its session description, and the host that its signalling comes from.</summary>
readonly record struct Announcement(PeerAddress Media, PeerAddress Signalling, bool Latch, bool Answered)
{
    /// <summary>An unusable address (none, or 0.0.0.0 on hold) believes nobody.</summary>
    public static Announcement Of(RemoteMedia? remote)
    {
        if (remote is null) return default;
        var media = PeerAddress.From(remote.Rtp);
        var signalling = remote.Signalling is { } host ? PeerAddress.From(new(host, 0)) : default;
        return new(media, signalling, remote.Latch && media.IsUsable, remote.Answered);
    }

    public Claim ClaimOf(in PeerAddress source) =>
        source == Media ? Claim.Address
        : Latch && (source.SameHost(Media) || source.SameHost(Signalling)) ? Claim.Host
        : Claim.None;
}

/// <summary>How well a source is known: not at all, by its host, by its whole address.</summary>
enum Claim { None, Host, Address }

using TeleCube.Media.Sockets;

namespace TeleCube.Media.Rtp;

/// <summary>Whom a stream believes (symmetric RTP, RFC 4961), as a rule without sockets or clock.</summary>
/// <remarks>
/// The rule, so that a peer behind NAT is found and nobody can steal a stream:
/// <list type="number">
/// <item>Nothing latched: the first valid RTP packet from the announced address, or from anywhere if the plan says Latch, is taken.</item>
/// <item>A source other than the announced address is on probation for a second: the announced address, if it speaks, displaces it.</item>
/// <item>Afterwards another source is ignored, unless a Configure announced another address, or the latched one has been silent for
/// <c>RelatchAfter</c> and the new one is the announced address, has the same SSRC, or proved itself by SRTP authentication.</item>
/// </list>
/// A source that was latched for an earlier address is not taken again during the first second: its last packets are still on the way.
/// A Configure that repeats the address and the keys changes nothing: a re-INVITE (hold, session refresh) opens no window for a stranger.
/// </remarks>
struct Latch(long relatchAfterNs, long probationNs)
{
    PeerAddress _announced, _former;
    bool _anySource;
    uint _ssrc;
    long _heardAtNs, _latchedAtNs, _announcedAtNs;

    public PeerAddress Source { get; private set; }
    public readonly bool IsLatched => Source.Port != 0;

    /// <summary>Where to send: to the latched source, else to the announced address.</summary>
    public readonly PeerAddress Target => IsLatched ? Source : _announced;

    /// <summary>An unusable address (none, or 0.0.0.0 on hold) believes nobody.</summary>
    public void Announce(in PeerAddress address, bool anySource, long nowNs)
    {
        if (address != _announced) (_former, Source, _announcedAtNs) = (Source, default, nowNs);
        (_announced, _anySource) = (address, anySource && address.IsUsable);
    }

    public LatchVerdict Judge(in PeerAddress from, uint ssrc, bool authenticated, long nowNs)
    {
        if (IsLatched && from == Source)
        {
            (_ssrc, _heardAtNs) = (ssrc, nowNs);
            return LatchVerdict.Accept;
        }
        if (!MayTake(from, ssrc, authenticated, nowNs)) return LatchVerdict.Ignore;
        (Source, _ssrc, _heardAtNs, _latchedAtNs) = (from, ssrc, nowNs, nowNs);
        return LatchVerdict.Latched;
    }

    /// <summary>True when the socket may be connected: nobody else has a claim for now.</summary>
    public readonly bool IsSettled(long nowNs) => IsLatched && !IsStale(nowNs) && (Source == _announced || nowNs - _latchedAtNs >= probationNs);

    readonly bool IsStale(long nowNs) => nowNs - _heardAtNs >= relatchAfterNs;

    readonly bool MayTake(in PeerAddress from, uint ssrc, bool authenticated, long nowNs)
    {
        if (!IsLatched) return from == _announced || _anySource && (from != _former || nowNs - _announcedAtNs >= probationNs);
        if (from == _announced && nowNs - _latchedAtNs < probationNs) return true;
        return IsStale(nowNs) && (from == _announced || _anySource && (ssrc == _ssrc || authenticated));
    }
}

enum LatchVerdict { Ignore, Accept, Latched }

using TeleCube.Media.Sockets;

namespace TeleCube.Media.Rtp;

/// <summary>Whom a stream believes (symmetric RTP, RFC 4961), as a rule without sockets or clock.</summary>
/// <remarks>
/// The rule, so that a peer behind NAT is found and nobody can steal a stream (docs/decisions/010):
/// <list type="number">
/// <item>Nothing latched: the announced address is taken; at once too, if the plan says Latch, any port of a host that the peer is known by (the announced
/// one, and the one that its signalling comes from), and whoever proves itself by SRTP authentication.</item>
/// <item>A stranger without keys is taken only if the call has been answered and nobody else was heard for <c>StrangerAfter</c>: some NATs have several
/// addresses, some carriers send from another host than they announce. A host that is known displaces a stranger at any time.</item>
/// <item>Another port of a known host is on probation until a second after the answer: the announced address, if it speaks, displaces it.</item>
/// <item>Afterwards another source is ignored, unless a Configure announced another address, or the latched one has been silent for <c>RelatchAfter</c> and
/// the new one is known, is at the same host (its NAT binding expired on hold), has the same SSRC, or has the keys.</item>
/// </list>
/// A source that was latched for an earlier address is not taken again during the first second: its last packets are still on the way.
/// A Configure that repeats the address and the keys changes nothing: a re-INVITE (hold, session refresh) opens no window for a stranger.
/// </remarks>
struct Latch(in LatchTimes times)
{
    readonly LatchTimes _times = times;
    Announcement _announced;
    PeerAddress _former;
    uint _ssrc;
    long _heardAtNs, _latchedAtNs, _begunAtNs; // begun: this address was announced, or the call answered

    public PeerAddress Source { get; private set; }
    public readonly bool IsLatched => Source.Port != 0;

    /// <summary>Where to send: to the latched source, else to the announced address.</summary>
    public readonly PeerAddress Target => IsLatched ? Source : _announced.Media;

    public void Announce(in Announcement announced, long nowNs)
    {
        var moved = announced.Media != _announced.Media;
        if (moved) (_former, Source) = (Source, default);
        if (moved || announced.Answered && !_announced.Answered) _begunAtNs = nowNs;
        _announced = announced;
    }

    public LatchVerdict Judge(in PeerAddress from, uint ssrc, bool authenticated, long nowNs)
    {
        if (IsLatched && from == Source)
        {
            (_ssrc, _heardAtNs) = (ssrc, nowNs);
            return LatchVerdict.Accept;
        }
        if (!(IsLatched ? MayReplace(from, ssrc, authenticated, nowNs) : MayBegin(from, authenticated, nowNs))) return LatchVerdict.Ignore;
        (Source, _ssrc, _heardAtNs, _latchedAtNs) = (from, ssrc, nowNs, nowNs);
        return LatchVerdict.Latched;
    }

    /// <summary>True when the socket may be connected: nobody else has a claim for now.</summary>
    public readonly bool IsSettled(long nowNs) => IsLatched && !IsStale(nowNs) && _announced.ClaimOf(Source) switch
    {
        Claim.Address => true,
        Claim.Host => !IsOnProbation(nowNs),
        _ => false,
    };

    readonly bool MayBegin(in PeerAddress from, bool authenticated, long nowNs) => _announced.ClaimOf(from) switch
    {
        Claim.Address => true,
        _ when from == _former && nowNs - _begunAtNs < _times.ProbationNs => false,
        Claim.Host => true,
        _ when authenticated => _announced.Latch,
        _ => _announced is { Latch: true, Answered: true } && nowNs - _begunAtNs >= _times.StrangerAfterNs,
    };

    readonly bool MayReplace(in PeerAddress from, uint ssrc, bool authenticated, long nowNs)
    {
        var (claim, held) = (_announced.ClaimOf(from), _announced.ClaimOf(Source));
        if (claim > held && (held == Claim.None || IsOnProbation(nowNs))) return true;
        return IsStale(nowNs) && (claim > Claim.None || _announced.Latch && (from.SameHost(Source) || ssrc == _ssrc || authenticated));
    }

    readonly bool IsStale(long nowNs) => nowNs - _heardAtNs >= _times.RelatchAfterNs;

    readonly bool IsOnProbation(long nowNs) => !_announced.Answered || nowNs - Math.Max(_latchedAtNs, _begunAtNs) < _times.ProbationNs;
}

enum LatchVerdict { Ignore, Accept, Latched }

/// <summary>The three spans of the rule; see <see cref="MediaEngineOptions"/>.</summary>
readonly record struct LatchTimes(long RelatchAfterNs, long ProbationNs, long StrangerAfterNs)
{
    public static LatchTimes Of(MediaEngineOptions options) => new(
        (long)options.RelatchAfter.TotalNanoseconds, (long)options.LatchProbation.TotalNanoseconds, (long)options.StrangerAfter.TotalNanoseconds);
}

using TeleCube.Media.Messages;
using TeleCube.Media.Recording;
using TeleCube.Media.Rtp;
using TeleCube.Media.Srtp;

namespace TeleCube.Media.Streams;

sealed partial class MediaStream
{
    Keying _keying = Keying.None.Instance;
    SrtpContext? _inbound, _outbound;
    RecordingChannel[] _taps = [];

    /// <summary>What is received is copied to this recording too.</summary>
    public void Tap(RecordingChannel channel) => _taps = [.. _taps, channel];

    void PruneTaps()
    {
        foreach (var tap in _taps)
            if (tap.IsStopped) _taps = [.. _taps.Where(t => !t.IsStopped)];
    }

    // False: the keys can't be used. Keys that a re-INVITE repeats keep their contexts: the roll-over counters go on.
    bool Key(Keying keying)
    {
        var before = _keying as Keying.Sdes;
        _keying = keying;
        if (keying is not Keying.Sdes now)
        {
            Replace(ref _inbound, null);
            Replace(ref _outbound, null);
            return keying is Keying.None;
        }
        var sameSuite = before?.Suite == now.Suite;
        if (!sameSuite || !before!.RemoteKey.Span.SequenceEqual(now.RemoteKey.Span))
            Replace(ref _inbound, SrtpContext.TryCreate(now.Suite, now.RemoteKey.Span, findRollOver: now.TakenUp));
        if (!sameSuite || !before!.LocalKey.Span.SequenceEqual(now.LocalKey.Span))
        {
            Replace(ref _outbound, SrtpContext.TryCreate(now.Suite, now.LocalKey.Span));
            NewIdentity(); // a new key starts at roll-over 0; a new SSRC says so to every peer
        }
        return _inbound is not null && _outbound is not null;
    }

    void NewIdentity()
    {
        if (_sender.Packets == 0) return;
        (_sentBefore, _bytesSentBefore) = (_sentBefore + _sender.Packets, _bytesSentBefore + _sender.Bytes);
        _sender = RtpSender.Create(8000, Random.Shared);
    }

    static void Replace(ref SrtpContext? context, SrtpContext? by)
    {
        context?.Dispose();
        context = by;
    }
}

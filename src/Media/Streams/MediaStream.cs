using System.Text;
using TeleCube.Media.Dtmf;
using TeleCube.Media.Messages;
using TeleCube.Media.Rtp;
using TeleCube.Media.Sockets;

namespace TeleCube.Media.Streams;

/// <summary>
/// One leg's RTP and RTCP: what comes in (this file's Receive part), what goes out (Send), its reports (Reports).
/// Owned by one loop at a time; only that loop's thread touches it, and a hand-over goes through the loops' queues.
/// </summary>
/// <remarks>What the peer hears comes from one source at a time, in this order: digits, a player, the relayed peer.</remarks>
sealed partial class MediaStream
{
    readonly MediaEngineOptions _options;
    readonly UdpSocket _rtp, _rtcp;
    StreamFormat _format = new(Codec.Pcma, 8, null);
    MediaDirection _direction = MediaDirection.Inactive;
    RemoteMedia? _remote;
    Latch _latch;
    RtpReceiver _receiver = new(8000);
    RtpSender _sender;
    DtmfReceiver _dtmf;
    Watchdog _watchdog;
    bool _connected;
    long _sentBefore, _bytesSentBefore; // under earlier SSRCs

    public MediaStream(StreamId id, long group, UdpSocket rtp, UdpSocket rtcp, MediaEngineOptions options, MediaLoop loop)
    {
        (Id, Group, _rtp, _rtcp, _options, Loop) = (id, group, rtp, rtcp, options, loop);
        _latch = new(LatchTimes.Of(options));
        _sender = RtpSender.Create(8000, Random.Shared);
        _dtmf = new((long)options.DigitLostAfter.TotalNanoseconds);
        _watchdog = new(options.SilenceLevelDb);
        _canonicalName = Encoding.UTF8.GetBytes(options.CanonicalName);
        _reports = new((long)options.RtcpInterval.TotalNanoseconds);
    }

    public StreamId Id { get; }
    public long Group { get; }
    public UdpSocket RtpSocket => _rtp;
    public UdpSocket RtcpSocket => _rtcp;

    /// <summary>The owner; changed only while the stream is in no loop (see <see cref="MediaLoop"/>).</summary>
    public MediaLoop Loop { get; set; }

    /// <summary>Its place in the owner's table, and which use of that place it is.</summary>
    public int Slot { get; set; }

    /// <summary>The pacer's: when the next frame is due, -1 when none is.</summary>
    public long DueMs { get; set; } = -1;

    public int FrameMs => _format.FrameMs;

    /// <summary>Whose audio this stream's peer hears, and who hears this one's.</summary>
    public MediaStream? Peer { get; private set; }

    bool MayReceive => _direction is MediaDirection.SendReceive or MediaDirection.ReceiveOnly;
    bool MaySend => _direction is MediaDirection.SendReceive or MediaDirection.SendOnly && _latch.Target.IsUsable;

    public void Configure(MediaCommand.Configure plan, long nowNs)
    {
        if (plan.Format.FrameMs is < 10 or > 60 || plan.Format.ClockRateHz != 8000)
        {
            Loop.Fail(this, "unsupported-format");
            return;
        }
        if (!Key(plan.Keying))
        {
            Loop.Fail(this, plan.Keying is Keying.Dtls ? "dtls-not-supported" : "bad-keying");
            return;
        }
        if (plan.Direction != _direction)
        {
            _sender.Interrupt();
            _watchdog.Restart(nowNs);
        }
        (_format, _remote, _direction) = (plan.Format, plan.Remote, plan.Direction);
        var before = _latch.Source;
        _latch.Announce(Announcement.Of(_remote), nowNs);
        if (_latch.Source != before) Unconnect();
        if (IsPaced) Loop.Pace(this);
    }

    public void Connect(MediaStream peer)
    {
        Disconnect();
        peer.Disconnect();
        (Peer, peer.Peer) = (peer, this);
    }

    public void Disconnect()
    {
        if (Peer is { } peer) peer.Peer = null;
        Peer = null;
    }

    public void Watch(MediaCommand.Watch watch, long nowNs) => _watchdog.Set(watch.LostAfter, watch.SilentAfter, nowNs);

    /// <summary>Ten times a second: what time alone brings about.</summary>
    public void Sweep(long nowNs)
    {
        if (_connected != _latch.IsSettled(nowNs)) SettleSocket(nowNs);
        Tell(_dtmf.Sweep(nowNs), _keyIsHeld);
        SweepTones(nowNs);
        SweepReports(nowNs);
        PruneTaps();
        if (!MayReceive) return;
        if (_watchdog.IsNewlyLost(nowNs)) Loop.Emit(new MediaEvent.Lost(Id));
        if (_watchdog.IsNewlySilent(nowNs)) Loop.Emit(new MediaEvent.Silent(Id));
    }

    /// <summary>Leaves everything; the loop closes the sockets.</summary>
    public void End()
    {
        EndPlay(completed: false);
        SendGoodbye();
        Disconnect();
        _inbound?.Dispose();
        _outbound?.Dispose();
    }

    void SettleSocket(long nowNs)
    {
        Unconnect();
        if (!_latch.IsSettled(nowNs)) return;
        _rtp.Connect(_latch.Source);
        _connected = true;
    }

    void Unconnect()
    {
        _rtp.Disconnect();
        _connected = false;
    }
}

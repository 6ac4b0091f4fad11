using TeleCube.Media.Messages;
using TeleCube.Media.Rtcp;
using TeleCube.Media.Sockets;
using TeleCube.Media.Srtp;

namespace TeleCube.Media.Streams;

sealed unsafe partial class MediaStream
{
    RtcpSession _reports;
    PeerAddress _rtcpSource;
    readonly byte[] _canonicalName;

    public void Report() => Loop.Emit(new MediaEvent.Quality(Id, Quality()));

    public StreamQuality Quality()
    {
        var delay = EModel.EstimateDelayMs(_reports.RoundTripMs, _receiver.JitterMs, FrameMs);
        var remoteLoss = _reports.RemoteLost is { } lost && _sender.Packets > 0 ? 100.0 * Math.Max(0, lost) / _sender.Packets : (double?)null;
        return new(
            _receiver.Packets, _sentBefore + _sender.Packets, _receiver.Bytes, _bytesSentBefore + _sender.Bytes,
            _receiver.Lost, _receiver.LossPercent, _receiver.JitterMs,
            _reports.RoundTripMs, remoteLoss, _reports.RemoteJitter * 1000.0 / _format.ClockRateHz,
            _receiver.Started ? EModel.Mos(delay, _receiver.LossPercent) : null);
    }

    public void ReadRtcp(byte* buffer, long nowNs)
    {
        var length = _rtcp.Receive(buffer, MediaLoop.MaxPacketBytes, out var from);
        if (length > 0) ReceivedRtcp(buffer, length, from, nowNs);
        else if (length == -LibC.ConnectionRefused) Loop.Tally.Refused++;
    }

    // Believed from the host that the audio comes from, or the announced one; under SRTCP from whoever has the key.
    void ReceivedRtcp(byte* buffer, int length, in PeerAddress from, long nowNs)
    {
        if (_remote is null || _inbound is null && !from.SameHost(_latch.Target) && from != PeerAddress.From(_remote.Rtcp))
        {
            Loop.Tally.Strangers++;
            return;
        }
        if (_inbound is { } inbound && !inbound.TryUnprotectRtcp(new(buffer, length), out length))
        {
            Loop.Tally.Unauthentic++;
            return;
        }
        _rtcpSource = from;
        _reports.Received(new(buffer, length), _sender.Ssrc, Loop.Clock, nowNs);
    }

    void SweepReports(long nowNs)
    {
        if (_remote is null || !_latch.Target.IsUsable || !_reports.TakeTurn(nowNs)) return;
        if (_receiver.Started || _sender.Packets > 0) SendRtcp(WriteReport(nowNs));
    }

    void SendGoodbye()
    {
        if (_remote is null || !_latch.Target.IsUsable || _sender.Packets == 0) return;
        var length = WriteReport(MediaLoop.NowNs);
        SendRtcp(length + RtcpWriter.WriteGoodbye(new(Loop.Scratch + length, 8), _sender.Ssrc));
    }

    int WriteReport(long nowNs)
    {
        SenderInfo? info = _reports.TakeSent(_sender.Packets)
            ? new(_sender.Ssrc, Loop.Clock.At(nowNs), _sender.TimestampAt(nowNs), (uint)_sender.Packets, (uint)_sender.Bytes)
            : null;
        return RtcpWriter.WriteReport(
            new(Loop.Scratch, MediaLoop.MaxPacketBytes), _sender.Ssrc, info, _reports.Block(ref _receiver, nowNs), _canonicalName);
    }

    void SendRtcp(int length)
    {
        if (_outbound is null && _keying is Keying.Sdes) return; // the keys were bad: nothing may leave in clear
        if (_outbound is { } outbound) length = outbound.ProtectRtcp(new(Loop.Scratch, length + SrtpContext.MaxOverheadBytes), length);
        var mux = _remote!.RtcpMux;
        if ((mux ? _rtp : _rtcp).Send(Loop.Scratch, length, mux ? _latch.Target : RtcpTarget()) <= 0) Loop.Tally.SendFailures++;
    }

    // Symmetric too: where RTCP came from; else as announced, unless the audio comes from elsewhere (NAT), then the port above it.
    PeerAddress RtcpTarget()
    {
        if (_rtcpSource.IsUsable && _rtcpSource.SameHost(_latch.Target)) return _rtcpSource;
        var announced = PeerAddress.From(_remote!.Rtcp);
        return announced.SameHost(_latch.Target) ? announced : _latch.Target with { Port = (ushort)(_latch.Target.Port + 1) };
    }
}

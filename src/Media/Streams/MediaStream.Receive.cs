using TeleCube.Media.Messages;
using TeleCube.Media.Rtp;
using TeleCube.Media.Sockets;

namespace TeleCube.Media.Streams;

sealed unsafe partial class MediaStream
{
    const byte PcmuType = 0, PcmaType = 8, ComfortNoiseType = 13;

    /// <summary>
    /// Reads one packet. epoll is level-triggered, so what is left comes with the next turn: a flood on one port starves nobody, and voice, which hardly
    /// ever has two packets waiting, is spared the second call that would only say so.
    /// </summary>
    public void ReadRtp(byte* buffer, long nowNs)
    {
        var length = _rtp.Receive(buffer, MediaLoop.MaxPacketBytes, out var from);
        if (length > 0) Received(buffer, length, from, nowNs);
        else if (length == -LibC.ConnectionRefused) Loop.Tally.Refused++;
    }

    void Received(byte* buffer, int length, in PeerAddress from, long nowNs)
    {
        Loop.Tally.Received++;
        if (RtpPacket.LooksLikeRtcp(new(buffer, length)))
        {
            if (_remote is { RtcpMux: true }) ReceivedRtcp(buffer, length, from, nowNs);
            return;
        }
        if (_inbound is { } inbound && !inbound.TryUnprotect(new(buffer, length), out length))
        {
            Loop.Tally.Unauthentic++;
            return;
        }
        if (!RtpPacket.TryParse(new(buffer, length), out var packet) || !Knows(packet.PayloadType) || packet.Ssrc == 0 || packet.Ssrc == _sender.Ssrc)
        {
            Loop.Tally.Invalid++;
            return;
        }
        var verdict = _latch.Judge(from, packet.Ssrc, authenticated: _inbound is not null, nowNs);
        if (verdict == LatchVerdict.Ignore)
        {
            Loop.Tally.Strangers++;
            return;
        }
        if (verdict == LatchVerdict.Latched) Latched(packet.Ssrc, nowNs);

        var isEvent = packet.PayloadType == _format.TelephoneEvent;
        _receiver.Received(packet.Ssrc, packet.Sequence, packet.Timestamp, packet.PayloadLength, isEvent, nowNs);
        if (!MayReceive) return;
        if (_watchdog.Heard(nowNs)) Loop.Emit(new MediaEvent.Resumed(Id));
        if (isEvent) ReceivedEvent(buffer, packet, nowNs);
        else if (packet.PayloadType == ComfortNoiseType) Peer?._sender.Skip(SourceOf(packet.Ssrc), packet.Sequence);
        else ReceivedAudio(buffer, packet, nowNs);
    }

    // Static types are taken even when the answer named one of them only: the packet says what it is.
    bool Knows(byte payloadType) =>
        payloadType is PcmuType or PcmaType or ComfortNoiseType || payloadType == _format.PayloadType || payloadType == _format.TelephoneEvent;

    Codec CodecOf(byte payloadType) => payloadType switch
    {
        _ when payloadType == _format.PayloadType => _format.Codec,
        PcmuType => Codec.Pcmu,
        _ => Codec.Pcma,
    };

    /// <summary>Names this peer's numbers for the sender that maps them.</summary>
    ulong SourceOf(uint ssrc) => (ulong)Id.Value << 32 | ssrc;

    void Latched(uint ssrc, long nowNs)
    {
        SettleSocket(nowNs);
        Loop.Emit(new MediaEvent.Latched(Id, _latch.Source.ToEndPoint(), ssrc));
    }

    void ReceivedAudio(byte* buffer, in RtpPacket packet, long nowNs)
    {
        var codec = CodecOf(packet.PayloadType);
        if (_format.TelephoneEvent is null) HearTones(codec, packet.Payload, nowNs);
        if (_watchdog.IsListening) _watchdog.Listen(codec, packet.Payload, nowNs);
        foreach (var tap in _taps) tap.Push(packet.Ssrc, packet.Timestamp, codec, packet.Payload, nowNs); // before the relay converts it in place
        Peer?.Relay(buffer, packet, codec, SourceOf(packet.Ssrc), nowNs);
    }
}

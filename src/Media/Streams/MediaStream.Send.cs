using TeleCube.Media.Codecs;
using TeleCube.Media.Dtmf;
using TeleCube.Media.Messages;
using TeleCube.Media.Players;
using TeleCube.Media.Rtp;
using TeleCube.Media.Srtp;

namespace TeleCube.Media.Streams;

sealed unsafe partial class MediaStream
{
    const ulong PlayerSource = 1, DigitSource = 2; // no stream's: those have the id above bit 32

    PlayId? _playing;
    Playback? _playback;
    Playback? _brokenOff;
    DigitSender? _digits;
    uint _eventTimestamp;

    /// <summary>There is something to send by the clock.</summary>
    public bool IsPaced => _playback is not null || _digits is { Idle: false };
    bool OwnAudio => _playback is not null || _digits is { Sounding: true };

    /// <summary>A playing was ordered; the library is loading it.</summary>
    public void Play(PlayId id)
    {
        EndPlay(completed: false);
        _playing = id;
    }

    public void PlayLoaded(PlayId id, Playlist? list, string? fault)
    {
        if (_playing != id) return; // replaced or stopped meanwhile
        if (list is null)
        {
            EndPlay(completed: false, fault);
            return;
        }
        _playback = new(id, list);
        _playback.GoOnFrom(_brokenOff);
        Loop.Pace(this);
    }

    public void EndPlay(bool completed, string? fault = null)
    {
        if (_playing is not { } id) return;
        if (_playback is { MayGoOn: true }) _brokenOff = _playback;
        (_playing, _playback) = (null, null);
        Loop.Emit(new MediaEvent.PlayEnded(Id, id, completed, fault));
    }

    public void SendDtmf(ReadOnlySpan<char> digits, bool report)
    {
        _digits ??= new((int)_options.DigitLength.TotalMilliseconds, (int)_options.DigitGap.TotalMilliseconds);
        _digits.Enqueue(digits, report);
        Loop.Pace(this);
    }

    /// <summary>Sends the other peer's audio to ours: in its packet's memory, a new header before the payload.</summary>
    public void Relay(byte* buffer, in RtpPacket packet, Codec codec, ulong source, long nowNs)
    {
        if (OwnAudio || !MaySend) return;
        if (codec != _format.Codec) Convert(new(buffer + packet.HeaderLength, packet.PayloadLength), codec);
        RelayAs(buffer, packet, _format.PayloadType, packet.PayloadLength, source, nowNs);
    }

    void RelayAs(byte* buffer, in RtpPacket packet, byte type, int samples, ulong source, long nowNs)
    {
        if (!_sender.Map(source, packet.Sequence, packet.Timestamp, samples, nowNs, out var numbers))
        {
            Loop.Tally.Late++;
            return;
        }
        var start = buffer + packet.HeaderLength - RtpPacket.FixedHeaderBytes; // CSRCs and extensions are not passed on
        Send(start, packet.PayloadLength, type, packet.Marker || numbers.Fresh, numbers, samples, nowNs);
    }

    /// <summary>The pacer's: one frame. False: nothing more to send.</summary>
    public bool Tick(long nowNs)
    {
        if (_digits is { Idle: false } digits && MaySend && TickDigits(digits, nowNs)) return true;
        if (_playback is not { } playback) return _digits is { Idle: false };

        var packet = Loop.Scratch;
        var samples = FrameMs * _format.ClockRateHz / 1000;
        var frame = new Span<byte>(packet + RtpPacket.FixedHeaderBytes, samples);
        if (!playback.Fill(frame))
        {
            EndPlay(completed: true);
            return IsPaced;
        }
        if (MaySend) SendFrame(packet, frame, PlayerSource, nowNs);
        return true;
    }

    /// <summary>Frames that came too late to be sent: the media clock goes on without them.</summary>
    public void SkipTicks(int frames)
    {
        var samples = frames * FrameMs * _format.ClockRateHz / 1000;
        _playback?.Skip(samples);
        _sender.Advance(samples);
    }

    // True: the frame belongs to the digits.
    bool TickDigits(DigitSender digits, long nowNs)
    {
        var step = digits.Next(FrameMs);
        if (step.Action is DigitAction.Sound or DigitAction.RepeatEnd or DigitAction.Gap)
        {
            if (_format.TelephoneEvent is { } type) SendEvent(step, type, nowNs);
            else SendTone(step, nowNs);
            return true;
        }
        if (step.Action == DigitAction.Report) Loop.Emit(new MediaEvent.DtmfSent(Id));
        return false;
    }

    void SendEvent(in DigitStep step, byte type, long nowNs)
    {
        if (step.Action == DigitAction.Gap) return;
        if (step.Start) _sender.Interrupt();
        var numbers = step.Start ? _sender.Next(DigitSource, 0, nowNs) : _sender.Again(_eventTimestamp);
        _eventTimestamp = numbers.Timestamp;
        var units = (ushort)(step.DurationMs * _format.ClockRateHz / 1000);
        new TelephoneEvent((byte)step.Code, step.End, 10, units).Write(new(Loop.Scratch + RtpPacket.FixedHeaderBytes, TelephoneEvent.Bytes));
        Send(Loop.Scratch, TelephoneEvent.Bytes, type, step.Start, numbers, 0, nowNs);
    }

    void SendTone(in DigitStep step, long nowNs)
    {
        var frame = new Span<byte>(Loop.Scratch + RtpPacket.FixedHeaderBytes, FrameMs * _format.ClockRateHz / 1000);
        if (step.Action == DigitAction.Sound) DtmfTones.Of(step.Code).ALaw.AsSpan(step.AtMs * 8, frame.Length).CopyTo(frame);
        else frame.Fill(G711.ALawSilence);
        SendFrame(Loop.Scratch, frame, DigitSource, nowNs);
    }

    void SendFrame(byte* packet, Span<byte> alaw, ulong source, long nowNs)
    {
        if (_format.Codec == Codec.Pcmu) G711.ALawToMuLawInPlace(alaw);
        var numbers = _sender.Next(source, alaw.Length, nowNs);
        Send(packet, alaw.Length, _format.PayloadType, numbers.Fresh, numbers, alaw.Length, nowNs);
    }

    void Send(byte* packet, int payloadLength, byte type, bool marker, in RtpNumbers numbers, int samples, long nowNs)
    {
        var length = RtpPacket.FixedHeaderBytes + payloadLength;
        RtpPacket.WriteHeader(new(packet, length), type, marker, numbers.Sequence, numbers.Timestamp, _sender.Ssrc);
        if (_outbound is { } outbound) length = outbound.Protect(new(packet, length + SrtpContext.MaxOverheadBytes), length);
        var sent = length == 0 ? 0 : _rtp.Send(packet, length, _latch.Target);
        if (sent > 0) Loop.Tally.Sent++;
        else Loop.Tally.SendFailures++;
        _sender.Sent(numbers, samples, payloadLength, nowNs); // also when it failed: a number is never used twice
    }

    static void Convert(Span<byte> payload, Codec from)
    {
        if (from == Codec.Pcma) G711.ALawToMuLawInPlace(payload);
        else G711.MuLawToALawInPlace(payload);
    }
}

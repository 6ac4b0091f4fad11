using TeleCube.Media.Dtmf;
using TeleCube.Media.Messages;
using TeleCube.Media.Rtp;

namespace TeleCube.Media.Streams;

/// <remarks>
/// Keys that may be a code for the exchange: from <c>*</c> on they are told to the core and not relayed, until the core has decided. The engine begins to
/// hold by itself, since an order to do so would come after the key. Where the peer has no telephone-events its keys are heard in its audio.
/// </remarks>
sealed unsafe partial class MediaStream
{
    bool _mayHold, _holding, _keyIsHeld;
    ToneReceiver? _tones;
    long _audioAtNs;
    (ulong Source, uint Timestamp) _putOff; // the key of the other peer that waits behind our own digits

    public void HoldKeys(bool on) => (_mayHold, _holding) = (on, false);

    void ReceivedEvent(byte* buffer, in RtpPacket packet, long nowNs)
    {
        if (!TelephoneEvent.TryParse(packet.Payload, out var happened)) return;
        var (another, heldBefore) = (_dtmf.IsPressed, _keyIsHeld);
        var step = _dtmf.Receive(happened, packet.Timestamp, packet.Marker, nowNs);
        if (step.Pressed is { } key) BeginKey(key);
        Tell(step, step.Pressed is not null && another ? heldBefore : _keyIsHeld);
        if (_keyIsHeld && happened.Digit is not null) Peer?._sender.Skip(SourceOf(packet.Ssrc), packet.Sequence);
        else Peer?.RelayEvent(buffer, packet, step.Pressed, SourceOf(packet.Ssrc), nowNs);
    }

    /// <summary>A key of the other peer. While our own digits are sent it waits behind them, so that the order stays; its packets do not count then.</summary>
    void RelayEvent(byte* buffer, in RtpPacket packet, char? pressed, ulong source, long nowNs)
    {
        if (!MaySend) return;
        if (_digits is { Idle: false } || _putOff == (source, packet.Timestamp))
        {
            _sender.Skip(source, packet.Sequence);
            if (pressed is not { } later) return;
            _putOff = (source, packet.Timestamp);
            SendDtmf(new(in later), report: false);
            return;
        }

        if (_playback is not null) return;
        if (_format.TelephoneEvent is { } type)
        {
            RelayAs(buffer, packet, type, 0, source, nowNs);
            return;
        }

        _sender.Skip(source, packet.Sequence);
        if (pressed is { } digit) SendDtmf(new(in digit), report: false);
    }

    void BeginKey(char key) => _keyIsHeld = _holding = _mayHold && (_holding || key == '*');

    /// <summary>Keys in the audio of a peer without telephone-events. While we press keys ourselves, its line may be echoing them.</summary>
    void HearTones(Codec codec, ReadOnlySpan<byte> payload, long nowNs)
    {
        if (_digits is { Sounding: true })
        {
            EndTone();
            return;
        }

        _tones ??= new();
        _audioAtNs = nowNs;
        while (_tones.Take(ref payload, codec, out var step))
        {
            if (step.Pressed is { } key) BeginKey(key);
            Tell(step, _keyIsHeld, inAudio: true);
        }
    }

    /// <summary>A key is up when its audio has stopped.</summary>
    void SweepTones(long nowNs)
    {
        if (_tones is { IsPressed: true } && nowNs - _audioAtNs >= _options.DigitLostAfter.TotalNanoseconds) EndTone();
    }

    void EndTone()
    {
        if (_tones is not null) Tell(_tones.Interrupt(), _keyIsHeld, inAudio: true);
    }

    void Tell(in DtmfStep step, bool held, bool inAudio = false)
    {
        if (step.Released is not { } digit) return;
        Loop.Emit(new MediaEvent.Dtmf(Id, digit, TimeSpan.FromSeconds((double)step.Units / _format.ClockRateHz)) { Held = held, InAudio = inAudio });
    }
}

namespace TeleCube.Sip.Sdp;

/// <summary>What a peer's description says of its audio: where to send, in which codec and key, and whether it wants to hear.</summary>
public sealed record AudioStream(
    string Address, int Port, int RtcpPort, SdpDirection Direction, IReadOnlyList<SdpCodec> Codecs, bool IsSecure, IReadOnlyList<SdpCrypto> Cryptos)
{
    /// <summary>The codec to send in.</summary>
    public SdpCodec? Codec => Codecs.FirstOrDefault(c => c.IsSpeech);

    /// <summary>The payload type of DTMF events in the clock of the codec; null if the peer takes none.</summary>
    public SdpCodec? TelephoneEvent =>
        Codecs.FirstOrDefault(c => c.IsTelephoneEvent && c.ClockRate == Codec?.ClockRate) ?? Codecs.FirstOrDefault(c => c.IsTelephoneEvent);

    public TimeSpan? PacketTime { get; init; }

    public bool RtcpMux { get; init; }

    /// <summary>The peer does not want to hear us.</summary>
    public bool IsHold => !Direction.Receives();

    /// <summary>Null if there is no audio, or it was refused.</summary>
    public static AudioStream? Of(SessionDescription session) => session.Audio is { } audio ? Of(session, audio) : null;

    /// <summary>The same of one of several lines; null if it has no address.</summary>
    public static AudioStream? Of(SessionDescription session, MediaDescription audio)
    {
        if (session.ConnectionOf(audio) is not { } connection) return null;
        return new(
            connection.Address, audio.Port, audio.RtcpPort ?? (audio.RtcpMux ? audio.Port : audio.Port + 1),
            session.DirectionOf(audio), audio.Codecs, audio.IsSecure, audio.Cryptos)
        {
            PacketTime = audio.PacketTime,
            RtcpMux = audio.RtcpMux,
        };
    }
}

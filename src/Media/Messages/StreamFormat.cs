using System.Net;

namespace TeleCube.Media.Messages;

/// <summary>Names one RTP stream (one leg's socket pair) for its whole life; never reused.</summary>
public readonly record struct StreamId(long Value);

/// <summary>Names one playing of a source on a stream.</summary>
public readonly record struct PlayId(long Value);

public enum Codec { Pcma, Pcmu }

/// <summary>
/// What a stream carries: codec and payload types as negotiated, clock rate in Hz, frame length in ms. TelephoneEvent is the RFC 4733 payload type, or
/// null.
/// </summary>
public sealed record StreamFormat(Codec Codec, byte PayloadType, byte? TelephoneEvent, int ClockRateHz = 8000, int FrameMs = 20);

/// <summary>The direction seen from us, as negotiated in SDP.</summary>
public enum MediaDirection { SendReceive, SendOnly, ReceiveOnly, Inactive }

/// <summary>
/// How the stream is keyed: plain RTP, SDES (RFC 4568: one master key and salt, 30 bytes, each way), or DTLS (RFC 5764, with issue of the browser phone).
/// </summary>
public abstract record Keying
{
    Keying() { }

    public sealed record None : Keying { public static readonly None Instance = new(); }

    public sealed record Sdes(string Suite, ReadOnlyMemory<byte> LocalKey, ReadOnlyMemory<byte> RemoteKey) : Keying
    {
        /// <summary>The peer may have sent under its key before this stream was opened, as it has when a call is taken up after a restart.</summary>
        public bool TakenUp { get; init; }
    }

    /// <summary>Refused by this engine (<c>dtls-not-supported</c>) until there is a browser phone that asks for it.</summary>
    /// <param name="Fingerprint">Of the peer's certificate, <c>SHA-256 AB:CD:…</c> (RFC 8122).</param>
    /// <param name="Active">We begin the handshake (RFC 4145).</param>
    public sealed record Dtls(string Fingerprint, bool Active) : Keying;
}

/// <summary>
/// Where to send and whom to believe. Latch: the peer may be heard from elsewhere than it announced (symmetric RTP), by the rule of <c>Latch</c>.
/// </summary>
public sealed record RemoteMedia(IPEndPoint Rtp, IPEndPoint Rtcp, bool RtcpMux = false, bool Latch = true)
{
    /// <summary>The host that the peer's signalling comes from: behind NAT its audio does too.</summary>
    public IPAddress? Signalling { get; init; }

    /// <summary>The call has been answered; before that nobody need send, so nobody's silence says that its address is wrong.</summary>
    public bool Answered { get; init; } = true;
}

/// <summary>
/// Counters and estimates of one stream. Loss in packets and per cent, jitter and round trip in ms, MOS by the E-model (ITU-T G.107) 1.0 to 4.5;
/// null is what nothing was heard of.
/// </summary>
public sealed record StreamQuality(
    long PacketsReceived, long PacketsSent, long BytesReceived, long BytesSent, long PacketsLost, double LossPercent,
    double JitterMs, double? RoundTripMs, double? RemoteLossPercent, double? RemoteJitterMs, double? Mos)
{
    /// <summary>Nothing was received or sent.</summary>
    public static readonly StreamQuality None = new(0, 0, 0, 0, 0, 0, 0, null, null, null, null);
}

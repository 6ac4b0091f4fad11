using System.Net;

namespace TeleCube.Media.Messages;

/// <summary>What the core tells the media engine: plain messages, fire and forget; what becomes of them comes back as <see cref="MediaEvent"/>s.</summary>
public abstract record MediaCommand
{
    MediaCommand() { }

    /// <summary>Binds RTP to <paramref name="Port"/> (even) and RTCP to the next. Streams of one group (a call) share a loop.</summary>
    public sealed record Open(StreamId Stream, long Group, IPAddress Bind, int Port) : MediaCommand;

    /// <summary>The outcome of an offer and answer: format, where to, direction, keys. May be sent again at any time (re-INVITE).</summary>
    public sealed record Configure(
        StreamId Stream, StreamFormat Format, RemoteMedia? Remote, MediaDirection Direction, Keying Keying) : MediaCommand;

    /// <summary>Relays each stream to the other, converting between their formats. Replaces an earlier connection of either.</summary>
    public sealed record Connect(StreamId A, StreamId B) : MediaCommand;

    public sealed record Disconnect(StreamId Stream) : MediaCommand;

    /// <summary>Plays to the peer of the stream in place of the relayed audio, until it ends, is replaced or stopped.</summary>
    public sealed record Play(StreamId Stream, PlayId Id, PlaySource Source) : MediaCommand;

    public sealed record StopPlay(StreamId Stream) : MediaCommand;

    /// <summary>
    /// Sends digits <c>0-9 * # A-D</c> with pauses <c>,</c> = 1 s and <c>;</c> = 3 s as RFC 4733 events, or as tones if the peer has none; 100 ms on, 100
    /// ms off.
    /// </summary>
    public sealed record SendDtmf(StreamId Stream, string Digits) : MediaCommand;

    /// <summary>
    /// On: keys of this stream's peer (RFC 4733) are relayed up to a <c>*</c>; it and what follows is only told (<see cref="MediaEvent.Dtmf.Held"/>), until
    /// this is said again. Keys that are tones in the audio (<see cref="MediaEvent.Dtmf.InAudio"/>) are told in the same way, but heard by the other peer.
    /// </summary>
    public sealed record HoldKeys(StreamId Stream, bool On) : MediaCommand;

    /// <summary>Records what is received on A, and on B if given, as a stereo WAV (A left, B right); mono without B. A-law is stored as it came.</summary>
    public sealed record StartRecording(StreamId A, StreamId? B, string Path) : MediaCommand;

    public sealed record StopRecording(StreamId A) : MediaCommand;

    /// <summary>
    /// After how long without any RTP <see cref="MediaEvent.Lost"/> is raised, and after how long of quiet audio <see cref="MediaEvent.Silent"/>; null =
    /// never.
    /// </summary>
    public sealed record Watch(StreamId Stream, TimeSpan? LostAfter, TimeSpan? SilentAfter) : MediaCommand;

    /// <summary>Reports <see cref="MediaEvent.Quality"/> now.</summary>
    public sealed record Report(StreamId Stream) : MediaCommand;

    public sealed record Close(StreamId Stream) : MediaCommand;
}

/// <summary>What a player plays.</summary>
public abstract record PlaySource
{
    PlaySource() { }

    /// <summary>Files of 8 kHz mono 16-bit WAV (or headerless A-law <c>.alaw</c>), one after the other; the list is repeated <paramref name="Times"/> times, 0 = for ever.</summary>
    public sealed record Files(IReadOnlyList<string> Paths, int Times = 1) : PlaySource
    {
        /// <summary>Played to the same stream again, it begins where it was broken off by something else: music.</summary>
        public bool GoesOn { get; init; }

        /// <summary>These, over and over.</summary>
        public Files AsMusic() => this with { Times = 0, GoesOn = true };
    }

    /// <summary>Call-progress tones by ITU-T E.180 as used in Poland.</summary>
    public sealed record Tone(ToneKind Kind) : PlaySource;

    /// <summary>A sine for tests and measurements; Hz, and level in dBFS.</summary>
    public sealed record Sine(double Hz, double LevelDb = -10) : PlaySource;
}

public enum ToneKind { RingBack, Busy, Congestion, Dial, Beep }

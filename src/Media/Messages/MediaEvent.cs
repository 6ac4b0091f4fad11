using System.Net;

namespace TeleCube.Media.Messages;

/// <summary>What the media engine tells the core: rare, plain messages. Delivered on a loop's thread: the receiver must only enqueue.</summary>
public abstract record MediaEvent
{
    MediaEvent() { }

    public sealed record Opened(StreamId Stream) : MediaEvent;

    /// <summary>
    /// The stream could not be opened or configured; it is gone. Reason is kebab-case: <c>port-in-use</c>, <c>no-such-address</c>, <c>bad-keying</c>.
    /// </summary>
    public sealed record Failed(StreamId Stream, string Reason) : MediaEvent;

    /// <summary>The peer's real address is known (or has changed by rule).</summary>
    public sealed record Latched(StreamId Stream, IPEndPoint Remote, uint Ssrc) : MediaEvent;

    public sealed record Dtmf(StreamId Stream, char Digit, TimeSpan Duration) : MediaEvent
    {
        /// <summary>It was not relayed (<see cref="MediaCommand.HoldKeys"/>): the core says what becomes of it.</summary>
        public bool Held { get; init; }

        /// <summary>It was a tone in the audio, so that whoever hears this peer has heard it too, held or not.</summary>
        public bool InAudio { get; init; }
    }

    public sealed record PlayEnded(StreamId Stream, PlayId Id, bool Completed, string? Fault = null) : MediaEvent;

    public sealed record DtmfSent(StreamId Stream) : MediaEvent;

    public sealed record Lost(StreamId Stream) : MediaEvent;

    public sealed record Resumed(StreamId Stream) : MediaEvent;

    public sealed record Silent(StreamId Stream) : MediaEvent;

    public sealed record Quality(StreamId Stream, StreamQuality Figures) : MediaEvent;

    public sealed record RecordingEnded(StreamId A, string Path, TimeSpan Length, string? Fault = null) : MediaEvent;

    /// <summary>Answer to <see cref="MediaCommand.Close"/>: the ports are free again.</summary>
    public sealed record Closed(StreamId Stream, StreamQuality Figures) : MediaEvent;
}

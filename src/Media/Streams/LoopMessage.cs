using TeleCube.Media.Messages;
using TeleCube.Media.Players;
using TeleCube.Media.Recording;

namespace TeleCube.Media.Streams;

/// <summary>What loops are told besides commands.</summary>
abstract record LoopMessage
{
    LoopMessage() { }

    public sealed record Expect(StreamId Stream) : LoopMessage;

    public sealed record Detach(StreamId Stream, MediaLoop To) : LoopMessage;

    public sealed record Tap(StreamId Stream, RecordingChannel Channel) : LoopMessage;

    public sealed record PlayLoaded(StreamId Stream, PlayId Id, Playlist? List, string? Fault) : LoopMessage;
}

/// <summary>Whom a loop tells what happened; called on its thread, never throws.</summary>
interface ILoopOwner
{
    void Heard(MediaEvent happened);

    void Gone(StreamId stream);
}

/// <summary>A loop's counters: written by its thread only.</summary>
sealed class LoopTally
{
    public long Received, Sent, Invalid, Strangers, Unauthentic, Late, SendFailures, Refused, SkippedTicks, Faults;
    public int Streams;

    public MediaCounters Read() => new()
    {
        Received = Received,
        Sent = Sent,
        Invalid = Invalid,
        Strangers = Strangers,
        Unauthentic = Unauthentic,
        Late = Late,
        SendFailures = SendFailures,
        Refused = Refused,
        SkippedTicks = SkippedTicks,
        Faults = Faults,
        Streams = Streams,
    };
}

namespace TeleCube.Media;

/// <summary>What the loops counted since the start; on the hot path things are counted, never logged.</summary>
public sealed record MediaCounters
{
    public long Received { get; init; }
    public long Sent { get; init; }

    /// <summary>Not RTP, or of a payload type that was not negotiated.</summary>
    public long Invalid { get; init; }

    /// <summary>Valid RTP from a source that the stream does not believe.</summary>
    public long Strangers { get; init; }

    /// <summary>SRTP or SRTCP that failed authentication, or was replayed.</summary>
    public long Unauthentic { get; init; }

    /// <summary>Packets of a source that came after another source had taken over, or too late.</summary>
    public long Late { get; init; }

    public long SendFailures { get; init; }

    /// <summary>The peer's host said that nobody listens there.</summary>
    public long Refused { get; init; }

    public long SkippedTicks { get; init; }

    /// <summary>Bugs: exceptions caught by a loop or thrown by the listener.</summary>
    public long Faults { get; init; }

    public int Streams { get; init; }

    public static MediaCounters operator +(MediaCounters a, MediaCounters b) => new()
    {
        Received = a.Received + b.Received,
        Sent = a.Sent + b.Sent,
        Invalid = a.Invalid + b.Invalid,
        Strangers = a.Strangers + b.Strangers,
        Unauthentic = a.Unauthentic + b.Unauthentic,
        Late = a.Late + b.Late,
        SendFailures = a.SendFailures + b.SendFailures,
        Refused = a.Refused + b.Refused,
        SkippedTicks = a.SkippedTicks + b.SkippedTicks,
        Faults = a.Faults + b.Faults,
        Streams = a.Streams + b.Streams,
    };

    public static MediaCounters Add(MediaCounters left, MediaCounters right) => left + right;
}

namespace TeleCube.Load.Rtp;

/// <summary>What happened to the packets sent in one stretch of time; written by the generator's thread, read when the stretch is over.</summary>
sealed class RtpWindow(uint number)
{
    public uint Number => number;

    public long Sent { get; set; }

    public long Received { get; set; }

    /// <summary>Packets that arrived at a stream which had first heard somebody else.</summary>
    public long Misrouted { get; set; }

    public long Refused { get; set; }

    public long Lost => Math.Max(0, Sent - Received);

    /// <summary>From just before `send` to the kernel's receive stamp.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>How late the generator itself was: when this grows, the machine is full and the run says little.</summary>
    public LatencyHistogram Lateness { get; } = new();
}

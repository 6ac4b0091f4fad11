namespace TeleCube.Sip.Transport;

/// <summary>What the transport tells the core; plain values, so that the transport may live in another process.</summary>
public abstract record TransportEvent
{
    internal TransportEvent()
    {
    }
}

/// <summary>
/// One whole message (or datagram) as it came; the bytes belong to the receiver. With <paramref name="MoreFollows"/> it may wait for the next
/// <see cref="TransportDrained"/>, so that what arrived together is handled together.
/// </summary>
public sealed record TransportInbound(SipFlow Flow, ReadOnlyMemory<byte> Bytes, bool MoreFollows = false) : TransportEvent;

/// <summary>What has arrived so far was handed over.</summary>
public sealed record TransportDrained : TransportEvent
{
    public static readonly TransportDrained Instance = new();
}

/// <summary>A connection is gone; nothing more comes from it.</summary>
public sealed record FlowClosed(FlowId Flow, string Reason) : TransportEvent;

/// <summary>A stream sent what can't be a message and was cut off, or broke a limit; for the counters and the ban of its source.</summary>
public sealed record FlowAbused(SipFlow Flow, string Reason) : TransportEvent;

/// <summary>A message could not be sent; <paramref name="Key"/> is that of its <see cref="TransportOutbound"/>.</summary>
public sealed record SendFailed(string? Key, SipTarget Target, string Reason) : TransportEvent;

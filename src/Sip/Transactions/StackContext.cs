using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Transactions;

/// <summary>What all transactions of one stack share; belongs to the loop.</summary>
sealed record StackContext(SipStackOptions Options, TimerWheel Wheel, ISipTransport Transport, ISipUser User, SipStackCounters Counters)
{
    public SipTimers Timers => Options.Timers;

    readonly TimerValues _unreliable = Options.Timers.Unreliable;

    public TimerValues ValuesFor(TransportKind transport) => transport.IsReliable() ? TimerValues.Reliable : _unreliable;

    public void Send(SipTarget target, ReadOnlyMemory<byte> bytes, string? key)
    {
        Counters.CountSent();
        Transport.Tell(new TransportOutbound(target, bytes, key));
    }
}

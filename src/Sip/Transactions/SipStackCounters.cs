namespace TeleCube.Sip.Transactions;

/// <summary>What the stack has seen and done since it started; read from any thread.</summary>
public sealed class SipStackCounters
{
    long _received, _sent, _requests, _responses, _repeated, _malformed, _banned, _refusedForLoad, _dropped;
    long _merged, _timeouts, _transportFailures, _strayResponses, _strayAcks, _lateAnswers, _acksMissing, _pracksMissing;

    public long Received => Volatile.Read(ref _received);
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>New requests handed to the user.</summary>
    public long Requests => Volatile.Read(ref _requests);
    public long Responses => Volatile.Read(ref _responses);

    /// <summary>Repeated requests answered from memory.</summary>
    public long Repeated => Volatile.Read(ref _repeated);
    public long Malformed => Volatile.Read(ref _malformed);
    public long Banned => Volatile.Read(ref _banned);
    public long RefusedForLoad => Volatile.Read(ref _refusedForLoad);

    /// <summary>Messages for which the loop had no room.</summary>
    public long Dropped => Volatile.Read(ref _dropped);
    public long Merged => Volatile.Read(ref _merged);
    public long Timeouts => Volatile.Read(ref _timeouts);
    public long TransportFailures => Volatile.Read(ref _transportFailures);
    public long StrayResponses => Volatile.Read(ref _strayResponses);
    public long StrayAcks => Volatile.Read(ref _strayAcks);

    /// <summary>Answers of the user to transactions that are over.</summary>
    public long LateAnswers => Volatile.Read(ref _lateAnswers);
    public long AcksMissing => Volatile.Read(ref _acksMissing);
    public long PracksMissing => Volatile.Read(ref _pracksMissing);

    internal void CountReceived() => Interlocked.Increment(ref _received);
    internal void CountSent() => Interlocked.Increment(ref _sent);
    internal void CountRequest() => Interlocked.Increment(ref _requests);
    internal void CountResponse() => Interlocked.Increment(ref _responses);
    internal void CountRepeated() => Interlocked.Increment(ref _repeated);
    internal void CountMalformed() => Interlocked.Increment(ref _malformed);
    internal void CountBanned() => Interlocked.Increment(ref _banned);
    internal void CountRefusedForLoad() => Interlocked.Increment(ref _refusedForLoad);
    internal void CountDropped() => Interlocked.Increment(ref _dropped);
    internal void CountMerged() => Interlocked.Increment(ref _merged);
    internal void CountTimeout() => Interlocked.Increment(ref _timeouts);
    internal void CountTransportFailure() => Interlocked.Increment(ref _transportFailures);
    internal void CountStrayResponse() => Interlocked.Increment(ref _strayResponses);
    internal void CountStrayAck() => Interlocked.Increment(ref _strayAcks);
    internal void CountLateAnswer() => Interlocked.Increment(ref _lateAnswers);
    internal void CountAckMissing() => Interlocked.Increment(ref _acksMissing);
    internal void CountPrackMissing() => Interlocked.Increment(ref _pracksMissing);
}

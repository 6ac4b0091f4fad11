using System.Diagnostics;
using TeleCube.Kernel.Persistence;
using static TeleCube.Actors.Sms.SmsCommand;
using static TeleCube.Actors.Sms.SmsEvent;

namespace TeleCube.Actors.Sms;

/// <summary>How often an SMS is tried, and after how long first; each further pause is twice as long.</summary>
public sealed record SmsOptions(int Attempts, TimeSpan RetryAfter);

/// <summary>What becomes of an SMS: queued once, tried a bounded number of times, sent or failed.</summary>
public static class SmsRules
{
    public static Decision<SmsEvent> Decide(SmsState sms, SmsCommand command, SmsOptions options, DateTimeOffset now) => (sms.Status, command) switch
    {
        (SmsStatus.None, Send(var outgoing)) => new Queued(outgoing, now),
        (SmsStatus.Queued, Answered(SmsOutcome.Taken(var reference))) => new Sent(reference, now),
        (SmsStatus.Queued, Answered(SmsOutcome.Refused(var reason))) => new Failed(reason, now),
        (SmsStatus.Queued, Answered(SmsOutcome.Unreached(var reason))) => Unreached(sms.Attempts + 1, reason, options, now),
        _ => Decision<SmsEvent>.Nothing, // a repeat, or a late answer
    };

    public static SmsState Apply(SmsState sms, SmsEvent happened) => happened switch
    {
        Queued e => sms with { Status = SmsStatus.Queued, Sms = e.Sms, QueuedAt = e.At, NotBefore = e.At },
        Postponed e => sms with { Attempts = e.Attempt, Reason = e.Reason, NotBefore = e.Until },
        Sent e => sms with { Status = SmsStatus.Sent, Reference = e.Reference, EndedAt = e.At, Reason = null },
        Failed e => sms with { Status = SmsStatus.Failed, Reason = e.Reason, EndedAt = e.At },
        _ => throw new UnreachableException($"no Apply for {happened.GetType().Name}"),
    };

    static SmsEvent Unreached(int attempt, string reason, SmsOptions options, DateTimeOffset now) => attempt >= options.Attempts
        ? new Failed($"{reason}; given up after {attempt} tries", now)
        : new Postponed(attempt, reason, now + (options.RetryAfter * Math.Pow(2, attempt - 1)), now);
}

namespace TeleCube.Actors.Sms;

/// <summary>What has happened to an SMS. A public format: named and versioned in the journal, see <see cref="SmsEvents"/>.</summary>
public abstract record SmsEvent
{
    SmsEvent() { }

    public sealed record Queued(OutgoingSms Sms, DateTimeOffset At) : SmsEvent;

    /// <summary>The gateway could not take it; it is tried again then.</summary>
    public sealed record Postponed(int Attempt, string Reason, DateTimeOffset Until, DateTimeOffset At) : SmsEvent;

    public sealed record Sent(string? Reference, DateTimeOffset At) : SmsEvent;

    public sealed record Failed(string Reason, DateTimeOffset At) : SmsEvent;
}

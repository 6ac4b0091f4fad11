namespace TeleCube.Actors.Sms;

/// <summary>How far an SMS has come.</summary>
public enum SmsStatus { None, Queued, Sent, Failed }

/// <summary>One SMS and what became of it.</summary>
public sealed record SmsState
{
    public static readonly SmsState Initial = new();

    public SmsStatus Status { get; init; }

    public OutgoingSms? Sms { get; init; }

    public DateTimeOffset QueuedAt { get; init; }

    /// <summary>When it was sent, or given up.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Tries that the gateway did not take.</summary>
    public int Attempts { get; init; }

    public DateTimeOffset NotBefore { get; init; }

    public string? Reference { get; init; }

    /// <summary>Why it failed, or waits.</summary>
    public string? Reason { get; init; }
}

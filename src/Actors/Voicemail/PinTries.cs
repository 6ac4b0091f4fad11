namespace TeleCube.Actors.Voicemail;

/// <summary>Wrong PINs of one source, or of all strangers together: those since the last lock, how often they came to one, until when none is taken.</summary>
public sealed record PinTries(int Wrong, int Locks, DateTimeOffset? LockedUntil, DateTimeOffset LastAt)
{
    public static readonly PinTries None = new(0, 0, null, DateTimeOffset.MinValue);

    /// <summary>So long without a wrong one, they are as good as never made.</summary>
    public bool IsForgotten(DateTimeOffset now) => now - LastAt >= PinLock.ForgottenAfter;

    /// <summary>Until when one more wrong PIN locks, or null. Each lock is twice as long as the one before.</summary>
    public DateTimeOffset? LockIfWrong(int most, DateTimeOffset now)
    {
        var (wrong, locks) = IsForgotten(now) ? (0, 0) : (Wrong, Locks);
        return wrong + 1 < most ? null : now + PinLock.LengthAfter(locks);
    }

    public PinTries OneMore(DateTimeOffset? lockedUntil, DateTimeOffset at)
    {
        var before = IsForgotten(at) ? None : this;
        return lockedUntil is { } until
            ? new PinTries(0, before.Locks + 1, until, at)
            : before with { Wrong = before.Wrong + 1, LastAt = at };
    }
}

using System.Collections.Immutable;

namespace TeleCube.Actors.Voicemail;

/// <summary>
/// What keeps a box's PIN from being guessed. Each source has a lock of its own; whatever sources a guesser makes up, all but the extension's own phone
/// have one more together. Locks grow, and the own phone's is never touched by what others do.
/// </summary>
public sealed record PinLock
{
    static readonly ImmutableSortedDictionary<string, PinTries> _none = ImmutableSortedDictionary.Create<string, PinTries>(StringComparer.Ordinal);

    public static readonly PinLock Open = new();

    /// <summary>Wrong ones in a row from one source (PRODUCT §7), and from all strangers together.</summary>
    public const int MostFromOne = 5, MostFromStrangers = 10;

    /// <summary>A day without a wrong one forgets all; longer than any lock, so that waiting for that brings no more tries than the locks do.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(15), Longest = TimeSpan.FromHours(8), ForgottenAfter = TimeSpan.FromDays(1);

    // The readers that are generated set what an older state does not have to null.
    public ImmutableSortedDictionary<string, PinTries> Sources { get => field ?? _none; init; }

    /// <summary>All sources but the own phone.</summary>
    public PinTries Strangers { get => field ?? PinTries.None; init; }

    public bool IsOpen => Sources.IsEmpty && Strangers == PinTries.None;

    public static TimeSpan LengthAfter(int locks) => Shortest * Math.Min(1L << Math.Min(locks, 16), Longest / Shortest);

    /// <summary>Until when a source's PINs are not even looked at; null: they are.</summary>
    public DateTimeOffset? UntilFor(PinSource source, DateTimeOffset now)
    {
        var alone = Of(source).LockedUntil is { } until && until > now ? until : (DateTimeOffset?)null;
        var all = source == PinSource.Own ? null : UntilForStrangers(now);
        return alone > all || all is null ? alone : all;
    }

    /// <summary>The lock of all but the own phone.</summary>
    public DateTimeOffset? UntilForStrangers(DateTimeOffset now) => Strangers.LockedUntil > now ? Strangers.LockedUntil : null;

    /// <summary>What one more wrong PIN of this source comes to.</summary>
    public MailboxEvent.PinRefused Refuse(PinSource source, DateTimeOffset now) => new(Of(source).LockIfWrong(MostFromOne, now), now)
    {
        From = source.Value,
        AllLockedUntil = source == PinSource.Own ? null : Strangers.LockIfWrong(MostFromStrangers, now),
    };

    public PinLock After(MailboxEvent.PinRefused refused)
    {
        var source = PinSource.Named(refused.From);
        var remembered = Sources.Where(one => !one.Value.IsForgotten(refused.At)).ToImmutableSortedDictionary(StringComparer.Ordinal);
        return new PinLock
        {
            Sources = remembered.SetItem(source.Value, Of(source).OneMore(refused.LockedUntil, refused.At)),
            Strangers = source == PinSource.Own ? Strangers : Strangers.OneMore(refused.AllLockedUntil, refused.At),
        };
    }

    /// <summary>
    /// A right PIN forgets the wrong ones of its source, and takes them out of the common count. How often strangers locked the box stays: the owner's
    /// own calls from outside must not give them tries anew.
    /// </summary>
    public PinLock After(MailboxEvent.PinAccepted accepted)
    {
        var source = PinSource.Named(accepted.From);
        var strangers = source == PinSource.Own ? Strangers : Strangers with { Wrong = Math.Max(0, Strangers.Wrong - Of(source).Wrong) };
        return new PinLock { Sources = Sources.Remove(source.Value), Strangers = strangers is { Wrong: 0, Locks: 0 } ? PinTries.None : strangers };
    }

    public bool Knows(PinSource source) => Sources.ContainsKey(source.Value);

    PinTries Of(PinSource source) => Sources.GetValueOrDefault(source.Value) ?? PinTries.None;
}

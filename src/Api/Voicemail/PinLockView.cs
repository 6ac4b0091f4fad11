using TeleCube.Actors.Voicemail;

namespace TeleCube.Api.Voicemail;

/// <summary>
/// The locks of a box's PIN. <paramref name="LockedUntil"/>: until then no PIN is taken but from the extension's own phones; null: they are.
/// </summary>
public sealed record PinLockView(DateTimeOffset? LockedUntil, IReadOnlyList<PinSourceView> Sources)
{
    internal static PinLockView Of(PinLock pins, DateTimeOffset now) => new(
        pins.UntilForStrangers(now),
        [.. pins.Sources.Where(source => !source.Value.IsForgotten(now)).Select(source => PinSourceView.Of(source.Key, source.Value, now))]);
}

/// <summary>
/// From where wrong PINs came: <c>own</c> for the extension's own phones, another extension, a number outside, or <c>unknown</c>; how many since the last lock,
/// how often that came to a lock within a day, and until when none is taken from there.
/// </summary>
public sealed record PinSourceView(string Source, int Wrong, int Locks, DateTimeOffset? LockedUntil, DateTimeOffset LastAt)
{
    internal static PinSourceView Of(string source, PinTries tries, DateTimeOffset now) =>
        new(source, tries.Wrong, tries.Locks, tries.LockedUntil > now ? tries.LockedUntil : null, tries.LastAt);
}

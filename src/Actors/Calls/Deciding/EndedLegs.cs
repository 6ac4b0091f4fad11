using System.Collections.Immutable;
using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// What a call keeps of legs that have ended: what its CDR and a late message need. A caller may wait in a queue for hours while the same consultants are rung
/// again and again, so of those who never answer the last legs are kept and the others are counted.
/// </summary>
static class EndedLegs
{
    const int KeptOfOne = 6;

    /// <summary>A 2xx that crossed our CANCEL is repeated for 64*T1 at most (RFC 3261 §13.3.1.4), and then nothing comes any more.</summary>
    static readonly TimeSpan _lateAnswers = TimeSpan.FromSeconds(64);

    /// <summary>Nobody rings for longer than a proxy lets him (timer C, RFC 3261 §16.6), nor does one who was never told to stop.</summary>
    static readonly TimeSpan _longestRinging = TimeSpan.FromMinutes(3);

    /// <summary>What we described is closed. An INVITE that is being cancelled is kept: if the CANCEL goes down with us, it is owed after the restart.</summary>
    public static Leg Slim(Leg ending, bool byPeer) => ending with
    {
        Sent = byPeer || ending.Up || ending.Sent is null ? null : ending.Sent with { Cancelled = true },
        Media = ending.Media is { } media ? media with { LocalSdp = null } : null,
    };

    /// <summary>The INVITE that may still ring somewhere although it is long since cancelled, as far as we know.</summary>
    public static SentInvite? MayRing(Leg leg, DateTimeOffset now) =>
        leg is { Live: false, Sent: { Cancelled: true } sent } && leg.EndedAt > now - _longestRinging ? sent : null;

    public static CallState Counted(CallState call, DateTimeOffset now)
    {
        if (call.Legs.Length <= KeptOfOne) return call;
        if (call.Legs.Any(leg => IsSettled(leg, now)))
            call = call with { Legs = [.. call.Legs.Select(leg => IsSettled(leg, now) ? leg with { Sent = null } : leg)] };
        var old = call.Legs.Where(leg => IsUntaken(leg) && leg.Step != call.Step && leg.EndedAt < now - _lateAnswers)
            .GroupBy(KeyOf).SelectMany(legs => legs.SkipLast(KeptOfOne)).ToDictionary(leg => leg.Number);
        return old.Count == 0 ? call : call with
        {
            Legs = [.. call.Legs.Where(leg => !old.ContainsKey(leg.Number))],
            Untaken = old.Values.Aggregate(call.Untaken, Count),
        };
    }

    static bool IsSettled(Leg leg, DateTimeOffset now) => leg is { Live: false, Sent: not null } && MayRing(leg, now) is null;

    /// <summary>Who answered and did not press 1 may have cost something, and stays.</summary>
    static bool IsUntaken(Leg leg) => leg is { Live: false, Seat: not null, AnsweredAt: null };

    static string KeyOf(Leg leg) => $"{leg.Seat!.Queue} {leg.Seat.Consultant}";

    static ImmutableSortedDictionary<string, UntakenOffers> Count(ImmutableSortedDictionary<string, UntakenOffers> all, Leg leg)
    {
        var before = all.GetValueOrDefault(KeyOf(leg)) ?? new(leg.Seat!.Queue, leg.Seat.Consultant.Value, 0, leg.StartedAt, leg.StartedAt);
        return all.SetItem(KeyOf(leg), before with { Legs = before.Legs + 1, LastAt = leg.StartedAt });
    }
}

using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Persistence;

/// <summary>
/// What a tenant's outsiders are told, in order. Each <see cref="StoreWrite.Publish"/> gets the tenant's next number in the transaction that
/// commits it, so that there is no gap, nothing twice, and nothing that did not happen.
/// </summary>
public interface IEventFeeds
{
    /// <summary>The events after a number, in order.</summary>
    Task<IReadOnlyList<FeedEvent>> ReadFeed(TenantId tenant, long after, int limit, CancellationToken stop = default);

    Task<FeedRange> RangeOf(TenantId tenant, CancellationToken stop = default);

    /// <summary>
    /// Completes when something may have been published since it was asked for: ask, read, then wait. False when the store is closed.
    /// </summary>
    Task<bool> NextOf(TenantId tenant);

    /// <summary>Forgets older events, the oldest first; returns how many.</summary>
    Task<long> DropFeedBefore(DateTimeOffset before, CancellationToken stop = default);
}

/// <summary>One event as outsiders read it; <paramref name="Json"/> is an object.</summary>
public sealed record FeedEvent(long Number, string Type, DateTimeOffset At, string Json);

/// <summary>The numbers that can be read: the oldest that is kept (the next one, if there is none), and the last that was given.</summary>
public readonly record struct FeedRange(long Oldest, long Last);

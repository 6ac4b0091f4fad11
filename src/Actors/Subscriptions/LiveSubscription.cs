using TeleCube.Actors.Subscriptions.Watching;

namespace TeleCube.Actors.Subscriptions;

/// <summary>A subscription while it runs: when its phone may be told next, and what it was told last.</summary>
sealed class LiveSubscription(Subscription subscription)
{
    public Subscription Now { get; set; } = subscription;

    /// <summary>A NOTIFY has no final answer yet: the next one waits for it, so that none overtakes another.</summary>
    public bool IsTelling { get; set; }

    /// <summary>There is news that was not told.</summary>
    public bool IsDue { get; set; }

    /// <summary>It asked for the state, be there news or not (RFC 6665 §4.2.1.2).</summary>
    public bool Wants { get; set; } = true;

    public DateTimeOffset NotBefore { get; set; }

    public IReadOnlyList<WatchedDialog> Told { get; set; } = [];

    public ReadOnlyMemory<byte> LastBody { get; set; }
}

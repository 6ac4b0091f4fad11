namespace TeleCube.Actors.Subscriptions.Watching;

/// <summary>RFC 4235 §3.7.1; what ended is no dialog any more, but is told of once more.</summary>
public enum WatchedState { Trying, Early, Confirmed, Terminated }

/// <summary>One dialog of a watched phone, seen from that phone (RFC 4235 §4.1.2). Equal ones are told of once.</summary>
public sealed record WatchedDialog(string Id, WatchedState State, bool IsCaller)
{
    /// <summary>The phone's own Call-ID and tags: with them another phone may take the dialog's place (RFC 3891).</summary>
    public string? CallId { get; init; }

    public string? LocalTag { get; init; }

    public string? RemoteTag { get; init; }

    /// <summary>The other party; null where it is withheld, as on the phone itself.</summary>
    public string? Remote { get; init; }

    public string? RemoteName { get; init; }
}

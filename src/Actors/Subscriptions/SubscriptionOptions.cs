namespace TeleCube.Actors.Subscriptions;

/// <summary>How subscriptions are taken, <c>telecube.sip.subscription</c>.</summary>
public sealed record SubscriptionOptions
{
    public TimeSpan MinExpires { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan MaxExpires { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Of all phones of one extension.</summary>
    public int PerExtension { get; init; } = 200;

    public int PerTenant { get; init; } = 5000;

    /// <summary>Phones that never asked are told of their messages too.</summary>
    public bool UnsolicitedMwi { get; init; }
}

using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Tenants;

/// <summary>What an administrator sets for the whole company.</summary>
public sealed record TenantSettings
{
    public static readonly TenantSettings Default = new();

    /// <summary>Shown by extensions that have no presented number of their own; null takes the tenant's first number.</summary>
    public E164? DefaultPresentedNumber { get; init; }

    /// <summary>The geographic number shown on emergency calls; null takes the tenant's first geographic number.</summary>
    public E164? EmergencyPresentedNumber { get; init; }

    /// <summary>The announcement that is played over and over to whoever is held; null plays the exchange's music.</summary>
    public AnnouncementId? MusicOnHold { get; init; }

    public TimeSpan CdrRetention { get; init; } = TimeSpan.FromDays(365);

    public TimeSpan TimelineRetention { get; init; } = TimeSpan.FromDays(30);

    public long Version { get; init; }
}

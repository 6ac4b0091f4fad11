using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Tenants;

/// <summary>What an administrator sets for the whole company.</summary>
public sealed record TenantSettings
{
    static readonly TimeSpan _parkTimeout = TimeSpan.FromMinutes(2);

    public static readonly TenantSettings Default = new();

    /// <summary>Shown by extensions that have no presented number of their own; null takes the tenant's first number.</summary>
    public E164? DefaultPresentedNumber { get; init; }

    /// <summary>The geographic number shown on emergency calls; null takes the tenant's first geographic number.</summary>
    public E164? EmergencyPresentedNumber { get; init; }

    /// <summary>An announcement, or a class of music, that is played over and over to whoever is held; null plays the exchange's music.</summary>
    public SoundId? MusicOnHold { get; init; }

    /// <summary>The numbers of parking places. What older settings do not have comes as null or nothing: generated readers set every init property.</summary>
    public ParkSlots ParkSlots { get => field ?? ParkSlots.Default; init; }

    /// <summary>How long a parked call waits until whoever parked it is rung back.</summary>
    public TimeSpan ParkTimeout { get => field > TimeSpan.Zero ? field : _parkTimeout; init; }

    public TimeSpan CdrRetention { get; init; } = TimeSpan.FromDays(365);

    public TimeSpan TimelineRetention { get; init; } = TimeSpan.FromDays(30);

    public long Version { get; init; }
}

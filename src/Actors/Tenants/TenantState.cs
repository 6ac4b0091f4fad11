using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Tenants;

/// <summary>All that a company has set up. Immutable: the call router reads whole snapshots of it without a lock.</summary>
public sealed record TenantState
{
    public static readonly TenantState Initial = new();

    public TenantId Id { get; init; }

    public TenantStatus Status { get; init; }

    public string Name { get; init; } = "";

    /// <summary>SIP logins are prefix + <c>_</c> + extension (PRODUCT §1).</summary>
    public string LoginPrefix { get; init; } = "";

    /// <summary>IANA name.</summary>
    public string TimeZone { get; init; } = "Europe/Warsaw";

    public PackageId Package { get; init; }

    public TariffId Tariff { get; init; }

    public TenantSettings Settings { get; init; } = TenantSettings.Default;

    public ImmutableSortedDictionary<ExtensionNumber, Extension> Extensions { get; init; } =
        ImmutableSortedDictionary<ExtensionNumber, Extension>.Empty;

    public ImmutableSortedDictionary<E164, PhoneNumber> PhoneNumbers { get; init; } = ImmutableSortedDictionary<E164, PhoneNumber>.Empty;

    public ImmutableSortedDictionary<ExternalNumberId, ExternalNumber> ExternalNumbers { get; init; } =
        ImmutableSortedDictionary<ExternalNumberId, ExternalNumber>.Empty;

    // What an older state does not have comes as null: generated readers set every init property.
    public ImmutableSortedDictionary<AnnouncementId, Announcement> Announcements
    {
        get => field ?? ImmutableSortedDictionary<AnnouncementId, Announcement>.Empty;
        init;
    }

    public ImmutableSortedDictionary<SchemeId, Scheme> Schemes { get => field ?? ImmutableSortedDictionary<SchemeId, Scheme>.Empty; init; }

    /// <summary>Deleted ones by which calls may still go.</summary>
    public ImmutableSortedDictionary<SchemeId, RetiredScheme> RetiredSchemes { get => field ?? ImmutableSortedDictionary<SchemeId, RetiredScheme>.Empty; init; }

    public ImmutableSortedDictionary<SwitchId, ManualSwitch> Switches { get => field ?? ImmutableSortedDictionary<SwitchId, ManualSwitch>.Empty; init; }

    public ImmutableSortedDictionary<ExtensionNumber, Queue> Queues { get => field ?? ImmutableSortedDictionary<ExtensionNumber, Queue>.Empty; init; }

    public ImmutableSortedDictionary<ExtensionNumber, RingGroup> RingGroups
    {
        get => field ?? ImmutableSortedDictionary<ExtensionNumber, RingGroup>.Empty;
        init;
    }

    public ImmutableSortedDictionary<UserId, User> Users { get; init; } = ImmutableSortedDictionary<UserId, User>.Empty;

    public ImmutableSortedDictionary<ApiTokenId, ApiToken> ApiTokens { get; init; } = ImmutableSortedDictionary<ApiTokenId, ApiToken>.Empty;

    /// <summary>Grows with every event; a changed resource takes it as its version.</summary>
    public long Revision { get; init; }

    /// <summary>Version of what stands in this record itself (name, package, tariff, status).</summary>
    public long Version { get; init; }

    public string SipUser(ExtensionNumber extension) => $"{LoginPrefix}_{extension}";
}

/// <summary>Whether a company may use the installation.</summary>
public enum TenantStatus
{
    /// <summary>Not created yet.</summary>
    None,
    Active,

    /// <summary>Stopped by the operator: only emergency calls go.</summary>
    Suspended,
    Closed,
}

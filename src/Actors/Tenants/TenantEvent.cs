using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;

namespace TeleCube.Actors.Tenants;

/// <summary>Everything that can happen to a tenant. Resources are written whole; Apply gives them their version.</summary>
public abstract record TenantEvent
{
    TenantEvent() { }

    public sealed record Adopted(TenantProfile Profile) : TenantEvent;

    public sealed record PhoneNumberAdded(PhoneNumber Number) : TenantEvent;

    public sealed record PhoneNumberRemoved(E164 Number) : TenantEvent;

    public sealed record PhoneNumbersSaved(ImmutableArray<PhoneNumber> Numbers) : TenantEvent;

    public sealed record ExtensionSaved(Extension Extension) : TenantEvent;

    public sealed record ExtensionDeleted(ExtensionNumber Number) : TenantEvent;

    public sealed record ExternalNumberSaved(ExternalNumber Number) : TenantEvent;

    public sealed record ExternalNumberDeleted(ExternalNumberId Id) : TenantEvent;

    public sealed record AnnouncementSaved(Announcement Announcement) : TenantEvent;

    public sealed record AnnouncementDeleted(AnnouncementId Id) : TenantEvent;

    /// <summary>A scheme was made or given another name.</summary>
    public sealed record SchemeNamed(SchemeId Id, string Name, string Description) : TenantEvent;

    /// <summary>New calls go by this version from now on.</summary>
    public sealed record SchemeVersionSaved(SchemeId Id, SchemeVersion Version) : TenantEvent;

    /// <summary>Saved with faults: kept for its authors only.</summary>
    public sealed record SchemeDraftSaved(SchemeId Id, SchemeGraph Draft) : TenantEvent;

    public sealed record SchemeDeleted(SchemeId Id, DateTimeOffset At) : TenantEvent;

    public sealed record SwitchSaved(ManualSwitch Switch) : TenantEvent;

    public sealed record SwitchDeleted(SwitchId Id) : TenantEvent;

    public sealed record QueueSaved(Queue Queue) : TenantEvent;

    public sealed record QueueDeleted(ExtensionNumber Number) : TenantEvent;

    public sealed record RingGroupSaved(RingGroup Group) : TenantEvent;

    public sealed record RingGroupDeleted(ExtensionNumber Number) : TenantEvent;

    public sealed record UserSaved(User User) : TenantEvent;

    public sealed record UserDeleted(UserId Id) : TenantEvent;

    public sealed record ApiTokenSaved(ApiToken Token) : TenantEvent;

    public sealed record ApiTokenDeleted(ApiTokenId Id) : TenantEvent;

    public sealed record SettingsSaved(TenantSettings Settings) : TenantEvent;
}

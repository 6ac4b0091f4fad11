using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;

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

    public sealed record UserSaved(User User) : TenantEvent;

    public sealed record UserDeleted(UserId Id) : TenantEvent;

    public sealed record ApiTokenSaved(ApiToken Token) : TenantEvent;

    public sealed record ApiTokenDeleted(ApiTokenId Id) : TenantEvent;

    public sealed record SettingsSaved(TenantSettings Settings) : TenantEvent;
}

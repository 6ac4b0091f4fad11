using TeleCube.Actors.Text;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors;

/// <summary>The public names and versions of what tenants and the platform write into the journal.</summary>
public static class DomainEvents
{
    public static EventRegistry AddDomain(this EventRegistry registry) => registry.AddTenant().AddPlatform();

    static EventRegistry AddTenant(this EventRegistry registry)
    {
        var json = DomainJson.Default;
        return registry
            .Add("tenant.state", 1, json.TenantState)
            .Add("tenant.adopted", 1, json.TenantAdopted)
            .Add("tenant.phone-number-added", 1, json.PhoneNumberAdded)
            .Add("tenant.phone-number-removed", 1, json.PhoneNumberRemoved)
            .Add("tenant.phone-numbers-saved", 1, json.PhoneNumbersSaved)
            .Add("tenant.extension-saved", 1, json.ExtensionSaved)
            .Add("tenant.extension-deleted", 1, json.ExtensionDeleted)
            .Add("tenant.external-number-saved", 1, json.ExternalNumberSaved)
            .Add("tenant.external-number-deleted", 1, json.ExternalNumberDeleted)
            .Add("tenant.announcement-saved", 1, json.AnnouncementSaved)
            .Add("tenant.announcement-deleted", 1, json.AnnouncementDeleted)
            .Add("tenant.scheme-named", 1, json.SchemeNamed)
            .Add("tenant.scheme-version-saved", 1, json.SchemeVersionSaved)
            .Add("tenant.scheme-draft-saved", 1, json.SchemeDraftSaved)
            .Add("tenant.scheme-deleted", 1, json.SchemeDeleted)
            .Add("tenant.switch-saved", 1, json.SwitchSaved)
            .Add("tenant.switch-deleted", 1, json.SwitchDeleted)
            .Add("tenant.queue-saved", 1, json.QueueSaved)
            .Add("tenant.queue-deleted", 1, json.QueueDeleted)
            .Add("tenant.ring-group-saved", 1, json.RingGroupSaved)
            .Add("tenant.ring-group-deleted", 1, json.RingGroupDeleted)
            .Add("tenant.user-saved", 1, json.UserSaved)
            .Add("tenant.user-deleted", 1, json.UserDeleted)
            .Add("tenant.api-token-saved", 1, json.ApiTokenSaved)
            .Add("tenant.api-token-deleted", 1, json.ApiTokenDeleted)
            .Add("tenant.settings-saved", 1, json.SettingsSaved);
    }

    static EventRegistry AddPlatform(this EventRegistry registry)
    {
        var json = DomainJson.Default;
        return registry
            .Add("platform.state", 1, json.PlatformState)
            .Add("platform.tenant-saved", 1, json.TenantSaved)
            .Add("platform.tenant-delivered", 1, json.TenantDelivered)
            .Add("platform.tariff-saved", 1, json.TariffSaved)
            .Add("platform.tariff-deleted", 1, json.TariffDeleted)
            .Add("platform.package-saved", 1, json.PackageSaved)
            .Add("platform.number-saved", 1, json.NumberSaved)
            .Add("platform.number-removed", 1, json.NumberRemoved)
            .Add("platform.trunk-saved", 1, json.TrunkSaved)
            .Add("platform.trunk-deleted", 1, json.TrunkDeleted);
    }
}

using System.Text.Json;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.News;

/// <summary>What a tenant's outsiders are told of its configuration: which resource was saved or deleted, as the API's paths name it.</summary>
public sealed record ConfigurationNews(string Resource, string? Id, string Change)
{
    const string Saved = "saved";
    const string Deleted = "deleted";

    public static IEnumerable<StoreWrite> Of(TenantId tenant, TenantEvent happened, DateTimeOffset at) => Told(happened).Select(news =>
        new StoreWrite.Publish(tenant, "configuration.changed", at, JsonSerializer.Serialize(news, NewsJson.Default.ConfigurationNews)));

    static IEnumerable<ConfigurationNews> Told(TenantEvent happened) => happened switch
    {
        TenantEvent.Adopted => [new("tenant", null, Saved)],
        TenantEvent.PhoneNumberAdded e => [new("phone-numbers", e.Number.Number.Value, Saved)],
        TenantEvent.PhoneNumberRemoved e => [new("phone-numbers", e.Number.Value, Deleted)],
        TenantEvent.PhoneNumbersSaved e => e.Numbers.Select(number => new ConfigurationNews("phone-numbers", number.Number.Value, Saved)),
        TenantEvent.ExtensionSaved e => [new("extensions", e.Extension.Number.Value, Saved)],
        TenantEvent.ExtensionDeleted e => [new("extensions", e.Number.Value, Deleted)],
        TenantEvent.ExternalNumberSaved e => [new("external-numbers", e.Number.Id.Value, Saved)],
        TenantEvent.ExternalNumberDeleted e => [new("external-numbers", e.Id.Value, Deleted)],
        TenantEvent.AnnouncementSaved e => [new("announcements", e.Announcement.Id.Value, Saved)],
        TenantEvent.AnnouncementDeleted e => [new("announcements", e.Id.Value, Deleted)],
        TenantEvent.SchemeNamed e => [new("schemes", e.Id.Value, Saved)],
        TenantEvent.SchemeVersionSaved e => [new("schemes", e.Id.Value, Saved)],
        TenantEvent.SchemeDraftSaved e => [new("schemes", e.Id.Value, Saved)],
        TenantEvent.SchemeDeleted e => [new("schemes", e.Id.Value, Deleted)],
        TenantEvent.SwitchSaved e => [new("switches", e.Switch.Id.Value, Saved)],
        TenantEvent.SwitchDeleted e => [new("switches", e.Id.Value, Deleted)],
        TenantEvent.QueueSaved e => [new("queues", e.Queue.Number.Value, Saved)],
        TenantEvent.QueueDeleted e => [new("queues", e.Number.Value, Deleted)],
        TenantEvent.RingGroupSaved e => [new("ring-groups", e.Group.Number.Value, Saved)],
        TenantEvent.RingGroupDeleted e => [new("ring-groups", e.Number.Value, Deleted)],
        TenantEvent.UserSaved e => [new("users", e.User.Id.Value, Saved)],
        TenantEvent.UserDeleted e => [new("users", e.Id.Value, Deleted)],
        TenantEvent.ApiTokenSaved e => [new("api-tokens", e.Token.Id.Value, Saved)],
        TenantEvent.ApiTokenDeleted e => [new("api-tokens", e.Id.Value, Deleted)],
        TenantEvent.SettingsSaved => [new("settings", null, Saved)],
        _ => [],
    };
}

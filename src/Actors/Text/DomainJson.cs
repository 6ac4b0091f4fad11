using System.Text.Json.Serialization;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Text;

/// <summary>The JSON forms of what the tenants and the platform keep. A public format: fields are added, never renamed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(TenantIdJsonConverter), typeof(BlobNameJsonConverter)])]
[JsonSerializable(typeof(PriceQuote))]
[JsonSerializable(typeof(TenantState))]
[JsonSerializable(typeof(TenantEvent.Adopted), TypeInfoPropertyName = "TenantAdopted")]
[JsonSerializable(typeof(TenantEvent.PhoneNumberAdded))]
[JsonSerializable(typeof(TenantEvent.PhoneNumberRemoved))]
[JsonSerializable(typeof(TenantEvent.PhoneNumbersSaved))]
[JsonSerializable(typeof(TenantEvent.ExtensionSaved))]
[JsonSerializable(typeof(TenantEvent.ExtensionDeleted))]
[JsonSerializable(typeof(TenantEvent.ExternalNumberSaved))]
[JsonSerializable(typeof(TenantEvent.ExternalNumberDeleted))]
[JsonSerializable(typeof(TenantEvent.AnnouncementSaved))]
[JsonSerializable(typeof(TenantEvent.AnnouncementDeleted))]
[JsonSerializable(typeof(TenantEvent.SchemeNamed))]
[JsonSerializable(typeof(Schemes.SchemeVersion))]
[JsonSerializable(typeof(TenantEvent.SchemeVersionSaved))]
[JsonSerializable(typeof(TenantEvent.SchemeDraftSaved))]
[JsonSerializable(typeof(TenantEvent.SchemeDeleted))]
[JsonSerializable(typeof(TenantEvent.SwitchSaved))]
[JsonSerializable(typeof(TenantEvent.SwitchDeleted))]
[JsonSerializable(typeof(TenantEvent.QueueSaved))]
[JsonSerializable(typeof(TenantEvent.QueueDeleted))]
[JsonSerializable(typeof(TenantEvent.RingGroupSaved))]
[JsonSerializable(typeof(TenantEvent.RingGroupDeleted))]
[JsonSerializable(typeof(TenantEvent.UserSaved))]
[JsonSerializable(typeof(TenantEvent.UserDeleted))]
[JsonSerializable(typeof(TenantEvent.ApiTokenSaved))]
[JsonSerializable(typeof(TenantEvent.ApiTokenDeleted))]
[JsonSerializable(typeof(TenantEvent.SettingsSaved))]
[JsonSerializable(typeof(PlatformState))]
[JsonSerializable(typeof(PlatformEvent.TenantSaved))]
[JsonSerializable(typeof(PlatformEvent.TenantDelivered))]
[JsonSerializable(typeof(PlatformEvent.TariffSaved))]
[JsonSerializable(typeof(PlatformEvent.TariffDeleted))]
[JsonSerializable(typeof(PlatformEvent.PackageSaved))]
[JsonSerializable(typeof(PlatformEvent.NumberSaved))]
[JsonSerializable(typeof(PlatformEvent.NumberRemoved))]
[JsonSerializable(typeof(PlatformEvent.TrunkSaved))]
[JsonSerializable(typeof(PlatformEvent.TrunkDeleted))]
public sealed partial class DomainJson : JsonSerializerContext;

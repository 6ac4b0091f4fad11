using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Sms;

/// <summary>Names one SMS; a kind is part of the journal's format and never changes.</summary>
public static class SmsEntity
{
    public const string Kind = "sms";

    public static EntityId Of(TenantId tenant, string id) => new(Kind, tenant, id);
}

using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Webhooks;

/// <summary>Names one outgoing webhook; a kind is part of the journal's format and never changes.</summary>
public static class WebhookEntity
{
    public const string Kind = "webhook";

    public static EntityId Of(TenantId tenant, string id) => new(Kind, tenant, id);
}

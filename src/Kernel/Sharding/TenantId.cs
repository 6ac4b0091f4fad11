using System.Diagnostics.CodeAnalysis;

namespace TeleCube.Kernel.Sharding;

/// <summary>The immutable id of a tenant (or pseudo-tenant): everything of one tenant lives on the node that owns its shard.</summary>
public readonly record struct TenantId(string Value)
{
    /// <summary>The pseudo-tenant of what belongs to the platform: trunks, tariffs, the number pool.</summary>
    public static readonly TenantId Platform = new("@platform");

    /// <summary>For the routes of the API; whether there is such a tenant is another question.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TenantId id)
    {
        id = new TenantId(text ?? "");
        return text is { Length: > 0 } && !text.Contains('/', StringComparison.Ordinal);
    }

    public override string ToString() => Value;
}

using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Tenants;

/// <summary>A number of the tenant (DID) and where its calls go; <see cref="ForwardTo"/> is the only truth (PRODUCT §3).</summary>
public sealed record PhoneNumber(E164 Number)
{
    public string Description { get; init; } = "";

    /// <summary>Put before the caller's name on legs to the tenant's own phones, never on a trunk leg.</summary>
    public string ClipPrefix { get; init; } = "";

    /// <summary>Null: callers get 404.</summary>
    public ForwardTarget? ForwardTo { get; init; }

    /// <summary>On the operator's receive-only list: never presented to anybody.</summary>
    public bool ReceiveOnly { get; init; }

    public long Version { get; init; }
}

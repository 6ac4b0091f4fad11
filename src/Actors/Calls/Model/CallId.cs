using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Calls.Model;

/// <summary>The id of one call: 26 characters (ULID, lower case), so that ids sort by the time at which calls began.</summary>
public readonly record struct CallId(string Value)
{
    public const int Length = 26;
    public const string Kind = "call";

    public EntityId Entity(TenantId tenant) => new(Kind, tenant, Value);

    public override string ToString() => Value;
}

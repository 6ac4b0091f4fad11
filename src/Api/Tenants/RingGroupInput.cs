using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;

namespace TeleCube.Api.Tenants;

/// <summary>All settings of a ring group; what is left out gets its default.</summary>
public record RingGroupInput
{
    const int MaxName = 100;

    public string? Name { get; init; }

    /// <summary>1 to 50 extensions, in the order in which they ring.</summary>
    public IReadOnlyList<ExtensionNumber>? Members { get; init; }

    public RingStrategy Strategy { get; init; }

    /// <summary>How long all ring together, or each in turn, 5 to 180; 20.</summary>
    public int? RingSeconds { get; init; }

    /// <summary>How often everybody is tried, for <c>rounds</c>, 1 to 10; 3.</summary>
    public int? Rounds { get; init; }

    internal RingGroup ToGroup(ExtensionNumber number, TenantState tenant, Faults faults)
    {
        var group = new RingGroup(number)
        {
            Name = faults.Required("name", Name, MaxName),
            Members = [.. Members ?? []],
            Strategy = Strategy,
            RingSeconds = RingSeconds ?? 20,
            Rounds = Rounds ?? 3,
        };
        foreach (var fault in RingGroupRules.Faults(group, tenant))
            if (!faults.Has(fault.Field)) faults.Add(fault.Field, fault.Text);
        return group;
    }
}

/// <summary>A new ring group.</summary>
public sealed record NewRingGroupInput : RingGroupInput
{
    /// <summary>2 to 4 digits that no extension and no queue has.</summary>
    public string? Number { get; init; }
}

/// <summary>A ring group as it is set up.</summary>
public sealed record RingGroupView(string Number, string Name, IReadOnlyList<string> Members, RingStrategy Strategy, int RingSeconds, int Rounds)
{
    internal static RingGroupView Of(RingGroup group) =>
        new(group.Number.Value, group.Name, [.. group.Members.Select(member => member.Value)], group.Strategy, group.RingSeconds, group.Rounds);
}

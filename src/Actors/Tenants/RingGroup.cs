using System.Collections.Immutable;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;

namespace TeleCube.Actors.Tenants;

/// <summary>
/// Grupa: extensions that ring under one number of the company's own space. Its calls never go to a member's forward or voicemail (PRODUCT §5).
/// </summary>
public sealed record RingGroup(ExtensionNumber Number)
{
    public string Name { get; init; } = "";

    public ImmutableArray<ExtensionNumber> Members { get => field.IsDefault ? [] : field; init; } = [];

    public RingStrategy Strategy { get; init; }

    /// <summary>How long all ring together, or each in turn.</summary>
    public int RingSeconds { get; init; }

    /// <summary>How often everybody is tried, for <see cref="RingStrategy.Rounds"/>.</summary>
    public int Rounds { get; init; }

    public long Version { get; init; }

    /// <summary>The element by which its calls go.</summary>
    public RingGroupElement ToElement() =>
        new() { Id = new ElementId("group"), Members = Members, Strategy = Strategy, RingSeconds = RingSeconds, Rounds = Rounds };
}

using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Schemes.Lint;

/// <summary>What a scheme's fitness depends on beside the company: how this exchange is set up.</summary>
public sealed record LintWorld
{
    public static readonly LintWorld Any = new();

    /// <summary>Whether schemes may ask addresses that are not the public Internet's.</summary>
    public bool AllowsPrivateWebhooks { get; init; }

    /// <summary>In which callers are spoken to; null: in any that there is.</summary>
    public string? Language { get; init; }

    public INumberInfo Numbers { get; init; } = NumberingPlan.Embedded;
}

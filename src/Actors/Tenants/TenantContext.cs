using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes.Lint;

namespace TeleCube.Actors.Tenants;

/// <summary>
/// What a decision about a tenant needs from outside: the time, the numbering plan, and the tenant's tariff as it stands now.
/// </summary>
public sealed record TenantContext(DateTimeOffset Now, INumberInfo Plan, Tariff? Tariff = null)
{
    /// <summary>Whether schemes may ask addresses that are not the public Internet's.</summary>
    public bool AllowsPrivateWebhooks { get; init; }

    /// <summary>In which callers are spoken to; null: in any that there is.</summary>
    public string? Language { get; init; }

    internal LintWorld Lint => new() { AllowsPrivateWebhooks = AllowsPrivateWebhooks, Language = Language, Numbers = Plan };
}

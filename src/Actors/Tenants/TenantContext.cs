using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Tenants;

/// <summary>
/// What a decision about a tenant needs from outside: the time, the numbering plan, and the tenant's tariff as it stands now.
/// </summary>
public sealed record TenantContext(DateTimeOffset Now, INumberInfo Plan, Tariff? Tariff = null)
{
    /// <summary>Whether schemes may ask addresses that are not the public Internet's.</summary>
    public bool AllowsPrivateWebhooks { get; init; }
}

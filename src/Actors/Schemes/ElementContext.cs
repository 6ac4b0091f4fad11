using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;

namespace TeleCube.Actors.Schemes;

/// <summary>What an element may look at: the tenant, the time, who calls which number, and the dial plan.</summary>
public sealed record ElementContext(TenantState Tenant, DateTimeOffset Now, CallerId Caller, E164? Dialled, DialPlan Plan, string Call)
{
    /// <summary>Whose leg is in the scheme, as the exchange knows it whatever it shows; null in a simulation.</summary>
    public Party? Who { get; init; }

    public IMailboxes Mailboxes { get; init; } = NoMailboxes.Instance;

    /// <summary>Of the prompts: numbers and times are spoken by its grammar.</summary>
    public string Language { get; init; } = "pl";
}

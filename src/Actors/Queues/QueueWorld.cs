using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Queues;

/// <summary><see cref="IQueueWorld"/> over what the company has set up, for one turn, and the state of its phones now.</summary>
sealed class QueueWorld(TenantState? tenant, DialPlan plan, IRoutingView view) : IQueueWorld
{
    static readonly CallerId _anybody = new(null, null, Hidden: true);

    public bool IsKnown => tenant is { Status: not TenantStatus.None };

    public Queue? Find(ExtensionNumber queue) => tenant?.Queues.GetValueOrDefault(queue);

    public bool Exists(ConsultantId consultant) => tenant is not null && consultant switch
    {
        { External: { } external } => tenant.ExternalNumbers.ContainsKey(external),
        { Extension: { } number } => tenant.Extensions.ContainsKey(number),
        _ => false,
    };

    public NotRung? WhyNotRung(Queue queue, ConsultantId consultant)
    {
        if (tenant is null) return new NotRung("unreachable", "the company's set-up is not known");
        var route = plan.ToConsultant(tenant, queue, consultant, cameBy: null, _anybody, call: "");
        return route.Next is RouteStep.Refuse(var cause) ? new NotRung(cause.Code, route.Reason) : null;
    }

    public DateOnly Today(DateTimeOffset now)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(tenant?.TimeZone ?? "", out var found) ? found : TimeZoneInfo.Utc;
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
    }

    /// <summary>A national or mobile number that the company's tariff knows: a stranger's wish costs no more than that.</summary>
    public string? CallBackNumber(string number)
    {
        if (tenant is not { Status: TenantStatus.Active }) return null;
        if (!DialledNumber.TryParse(number, out var dialled) || dialled is not DialledNumber.Public(var found)) return null;
        if (Permissions.Of(view.Numbers.Of(found).Class) is not (AllowedDestinations.National or AllowedDestinations.Mobile)) return null;
        return view.OwnerOf(found) is not null || view.TariffOf(tenant)?.Find(found) is not null ? found.Value : null;
    }
}

using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Queues;

/// <summary>The distributor's view of a company's phones, for who shows what it does.</summary>
public sealed class QueueConditions(DialPlan plan, IRoutingView view)
{
    public IQueueWorld Of(TenantState tenant) => new QueueWorld(tenant, plan, view);
}

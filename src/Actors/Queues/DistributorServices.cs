using Microsoft.Extensions.Logging;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Queues;

/// <summary>What a call distributor needs around it.</summary>
public sealed record DistributorServices(
    ITenants Tenants, DialPlan Plan, IRoutingView View, QueueBoard Board, ShardRegion Region, TimeProvider Clock, ILogger<CallDistributor> Log);

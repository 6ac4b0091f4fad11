using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Queues;

/// <summary>The queues of companies as they were after their last durable change; read without waiting.</summary>
public interface IQueues
{
    DistributorState? Find(TenantId tenant);
}

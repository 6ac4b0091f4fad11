using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Subscriptions.Watching;

/// <summary>What can be watched in a company, by its digits: an extension, or a place where calls are parked.</summary>
public readonly record struct ResourceKey(TenantId Tenant, string Number);

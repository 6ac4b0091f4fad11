namespace TeleCube.Kernel.Persistence;

/// <summary>One actor that cannot be recovered; published when it happens.</summary>
public sealed record QuarantinedActor(string PersistenceId, string Reason, DateTimeOffset Since);

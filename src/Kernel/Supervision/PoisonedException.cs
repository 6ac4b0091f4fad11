namespace TeleCube.Kernel.Supervision;

/// <summary>A failure that no restart can cure; the actor that throws it is stopped, a persistent one quarantined.</summary>
public sealed class PoisonedException(string reason, Exception? cause = null) : Exception(reason, cause);

namespace TeleCube.Kernel.Persistence;

/// <summary>A stored event or snapshot that this program cannot read.</summary>
public sealed class UndecodableException(string reason, Exception? cause = null) : Exception(reason, cause);

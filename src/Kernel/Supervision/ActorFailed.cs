namespace TeleCube.Kernel.Supervision;

/// <summary>Published when an actor threw: which one, what, and on which message (null: while starting, or escalated by a child).</summary>
public sealed record ActorFailed(string Path, Exception Exception, Type? MessageType);

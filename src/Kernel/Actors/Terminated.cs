namespace TeleCube.Kernel.Actors;

/// <summary>A watched actor has stopped for good.</summary>
public sealed record Terminated(ActorRef Actor);

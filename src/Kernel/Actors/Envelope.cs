namespace TeleCube.Kernel.Actors;

/// <summary>A message and who wants the answer.</summary>
readonly record struct Envelope(object Message, ActorRef Sender);

using TeleCube.Kernel.Actors;

namespace TeleCube.Kernel.Events;

/// <summary>Published for a message that its actor does not know.</summary>
public sealed record UnhandledMessage(object Message, ActorRef Recipient, ActorRef Sender);

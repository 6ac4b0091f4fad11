using TeleCube.Kernel.Actors;

namespace TeleCube.Kernel.Events;

/// <summary>Published for a message that was never handled: its actor had stopped, or its mailbox was full.</summary>
public sealed record DeadLetter(object Message, string Recipient, ActorRef Sender, string Reason);

using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.Queues;

/// <summary>A caller's place in a queue: its call, and which of the waits of that call it is.</summary>
public readonly record struct QueueTicket(CallId Call, int Serial)
{
    public override string ToString() => $"{Call}/{Serial}";
}

using System.Text.Json.Serialization;
using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.Queues;

/// <summary>A caller's place in a queue: its call, and which of the waits of that call it is.</summary>
public readonly record struct QueueTicket(CallId Call, int Serial)
{
    /// <summary>
    /// The serial of a call that calls somebody back: it has no wait of its own, and stands for the place of who hung up.
    /// </summary>
    public const int CallBackSerial = -1;

    [JsonIgnore]
    public bool CallsBack => Serial == CallBackSerial;

    public override string ToString() => $"{Call}/{Serial}";
}

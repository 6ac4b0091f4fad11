using System.Text.Json.Serialization;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Queues;

/// <summary>The names under which the events of queues stand in the journal; never renamed.</summary>
public static class DistributorEvents
{
    public static EventRegistry AddQueueEvents(this EventRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var json = QueueJson.Default;
        return registry
            .Add("queues.state", 1, json.DistributorState)
            .Add("queue.joined", 1, json.Joined)
            .Add("queue.turned-away", 1, json.TurnedAway)
            .Add("queue.left", 1, json.Left)
            .Add("queue.offered", 1, json.Offered)
            .Add("queue.declined", 1, json.Declined)
            .Add("queue.offer-failed", 1, json.OfferFailed)
            .Add("queue.answered", 1, json.Answered)
            .Add("queue.talk-ended", 1, json.TalkEnded)
            .Add("queue.wrap-up-ended", 1, json.WrapUpEnded)
            .Add("queue.released", 1, json.Released)
            .Add("queue.rest-began", 1, json.RestBegan)
            .Add("queue.rest-ended", 1, json.RestEnded)
            .Add("queue.call-back-asked", 1, json.CallBackAsked)
            .Add("queue.hung-up", 1, json.HungUp)
            .Add("queue.call-back-failed", 1, json.CallBackFailed)
            .Add("queue.logged-in", 1, json.LoggedIn)
            .Add("queue.logged-out", 1, json.LoggedOut)
            .Add("queue.paused", 1, json.Paused)
            .Add("queue.unpaused", 1, json.Unpaused)
            .Add("queue.forgot", 1, json.Forgot)
            .Add("queue.dropped", 1, json.Dropped);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DistributorState))]
[JsonSerializable(typeof(DistributorEvent.Joined))]
[JsonSerializable(typeof(DistributorEvent.TurnedAway))]
[JsonSerializable(typeof(DistributorEvent.Left))]
[JsonSerializable(typeof(DistributorEvent.Offered))]
[JsonSerializable(typeof(DistributorEvent.Declined))]
[JsonSerializable(typeof(DistributorEvent.OfferFailed))]
[JsonSerializable(typeof(DistributorEvent.Answered))]
[JsonSerializable(typeof(DistributorEvent.TalkEnded))]
[JsonSerializable(typeof(DistributorEvent.WrapUpEnded))]
[JsonSerializable(typeof(DistributorEvent.Released))]
[JsonSerializable(typeof(DistributorEvent.RestBegan))]
[JsonSerializable(typeof(DistributorEvent.RestEnded))]
[JsonSerializable(typeof(DistributorEvent.CallBackAsked))]
[JsonSerializable(typeof(DistributorEvent.HungUp))]
[JsonSerializable(typeof(DistributorEvent.CallBackFailed))]
[JsonSerializable(typeof(DistributorEvent.LoggedIn))]
[JsonSerializable(typeof(DistributorEvent.LoggedOut))]
[JsonSerializable(typeof(DistributorEvent.Paused))]
[JsonSerializable(typeof(DistributorEvent.Unpaused))]
[JsonSerializable(typeof(DistributorEvent.Forgot))]
[JsonSerializable(typeof(DistributorEvent.Dropped))]
sealed partial class QueueJson : JsonSerializerContext;

using System.Collections.Concurrent;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Timeline;
using TeleCube.Kernel.Actors;

namespace TeleCube.Api.Tests.Given;

/// <summary>A call that has its record and still waits for an answer to its BYE: its timeline is not stored yet. An order it takes, and notes that it did.</summary>
sealed class EndedCall(string id, ConcurrentBag<string> ordered) : Actor
{
    protected override void Receive(object message)
    {
        if (message is GetTimeline) Reply(new List<TimelineEntry> { new(default, "decision", null, "ended", "hung-up") });
        if (message is not CallCommand.Asked(CallCommand.Order, _)) return;
        ordered.Add(id);
        Reply(Accepted.Instance);
    }
}

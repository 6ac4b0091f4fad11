using System.Collections.Immutable;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Schemes;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Media;

/// <summary>What the engine is to notice of each stream. Whenever a peer begins to owe us audio (an answer, the end of a hold) its time counts anew.</summary>
public static class MediaWatches
{
    public static IEnumerable<MediaCommand> Between(ImmutableArray<StreamPlan> before, ImmutableArray<StreamPlan> after, CallState call, TimeSpan timeout)
    {
        foreach (var plan in after)
        {
            var old = before.FirstOrDefault(candidate => candidate.Stream == plan.Stream);
            if (plan.MustSend == (old?.MustSend ?? false) && plan.Recording == old?.Recording) continue;
            var recording = plan.Recording is null ? null : call.Scheme?.Wait as SchemeWait.Recording;
            yield return new MediaCommand.Watch(plan.Stream, plan.MustSend ? timeout : null, recording?.Silence);
        }
    }
}

using System.Collections.Immutable;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Voicemail;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Media;

/// <summary>Begins and ends the recordings for voicemail boxes that tell one media plan from another. What closes a stream ends its recording too.</summary>
static class MediaRecordings
{
    public static IEnumerable<MediaCommand> Between(ImmutableArray<StreamPlan> before, ImmutableArray<StreamPlan> after, CallState call, CallServices services)
    {
        foreach (var plan in after)
        {
            var old = before.FirstOrDefault(candidate => candidate.Stream == plan.Stream)?.Recording;
            if (plan.Recording == old) continue;
            if (old is not null) yield return new MediaCommand.StopRecording(plan.Stream);
            var wait = plan.Recording is null ? null : call.Scheme?.Wait as SchemeWait.Recording;
            if (wait is not null) yield return Start(plan.Stream, wait, call, services);
        }
    }

    static MediaCommand.StartRecording Start(StreamId stream, SchemeWait.Recording wait, CallState call, CallServices services)
    {
        var path = services.Recordings.PathOf(wait.Id);
        var box = MailboxEntity.Of(call.Tenant, ExtensionNumber.Parse(wait.Box));
        services.Desk.Await(path, _ => services.Region.Tell(box, new MailboxCommand.Finish(wait.Id)));
        return new MediaCommand.StartRecording(stream, null, path);
    }
}

using TeleCube.Kernel.Actors;
using TeleCube.Media;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Timeline;

/// <summary>Who asks for the timeline of a call that runs reads how good its audio is now: so the media engine is asked first, and waited for a moment.</summary>
sealed class QualityRound(IMediaEngine engine)
{
    public const string Timer = "quality";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly List<ActorRef> _askers = [];
    readonly HashSet<StreamId> _awaited = [];

    /// <summary>False where no audio runs: there is nothing to wait for.</summary>
    public bool TryBegin(ActorRef asker, IReadOnlyCollection<StreamId> streams)
    {
        if (streams.Count == 0) return false;
        _askers.Add(asker);
        foreach (var stream in streams)
            if (_awaited.Add(stream)) engine.Send(new MediaCommand.Report(stream));
        return true;
    }

    /// <summary>True for the last that was waited for.</summary>
    public bool IsWhole(StreamId heard) => _awaited.Remove(heard) && _awaited.Count == 0;

    public void Answer(IReadOnlyList<TimelineEntry> entries, ActorRef self)
    {
        foreach (var asker in _askers) asker.Tell(entries, self);
        _askers.Clear();
        _awaited.Clear();
    }
}

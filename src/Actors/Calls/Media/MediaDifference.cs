using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Media;

/// <summary>The commands that turn one media plan into another.</summary>
public static class MediaDifference
{
    public static IEnumerable<MediaCommand> Between(
        ImmutableArray<StreamPlan> before, ImmutableArray<StreamPlan> after, long group, Func<AddressFamily, IPAddress> bindOf, Func<PlayId> nextPlay)
    {
        foreach (var gone in before.Where(old => after.All(plan => plan.Stream != old.Stream)))
            yield return new MediaCommand.Close(gone.Stream);

        foreach (var plan in after)
        {
            var old = before.FirstOrDefault(candidate => candidate.Stream == plan.Stream);
            if (old is null) yield return new MediaCommand.Open(plan.Stream, group, bindOf(plan.Family), plan.Port);
            if (plan.Format is { } format && !Same(format, old?.Format)) yield return format;
        }

        foreach (var plan in after)
        {
            var old = before.FirstOrDefault(candidate => candidate.Stream == plan.Stream);
            foreach (var command in Connections(plan, old, after)) yield return command;
            if (plan.HoldsKeys != (old?.HoldsKeys ?? false)) yield return new MediaCommand.HoldKeys(plan.Stream, plan.HoldsKeys);
            if (plan.PlayingSerial == (old?.PlayingSerial ?? 0) && SameSource(plan.Playing, old?.Playing)) continue;
            yield return plan.Playing is { } source
                ? new MediaCommand.Play(plan.Stream, nextPlay(), source)
                : new MediaCommand.StopPlay(plan.Stream);
        }
    }

    static IEnumerable<MediaCommand> Connections(StreamPlan plan, StreamPlan? old, ImmutableArray<StreamPlan> after)
    {
        if (plan.ConnectedTo == old?.ConnectedTo) yield break;
        if (plan.ConnectedTo is not { } other)
        {
            yield return new MediaCommand.Disconnect(plan.Stream);
            yield break;
        }

        // Connect joins both ways: of two streams of this call the first in the plan speaks for both.
        var pair = after.FirstOrDefault(candidate => candidate.Stream == other);
        if (pair is null || plan.Stream.Value < other.Value || pair.ConnectedTo != plan.Stream) yield return new MediaCommand.Connect(plan.Stream, other);
    }

    /// <summary>Lists of files are compared by what is in them: they are made anew each turn.</summary>
    static bool SameSource(PlaySource? now, PlaySource? old) => (now, old) switch
    {
        (PlaySource.Files a, PlaySource.Files b) => a.Times == b.Times && a.Paths.SequenceEqual(b.Paths),
        _ => Equals(now, old),
    };

    /// <summary>Keys are byte memories, which records compare by reference.</summary>
    static bool Same(MediaCommand.Configure now, MediaCommand.Configure? old) =>
        old is not null && now.Format == old.Format && now.Direction == old.Direction && Equals(now.Remote, old.Remote) && SameKeys(now.Keying, old.Keying);

    static bool SameKeys(Keying now, Keying old) => (now, old) switch
    {
        (Keying.Sdes a, Keying.Sdes b) =>
            a.Suite == b.Suite && a.LocalKey.Span.SequenceEqual(b.LocalKey.Span) && a.RemoteKey.Span.SequenceEqual(b.RemoteKey.Span),
        _ => now.GetType() == old.GetType(),
    };
}

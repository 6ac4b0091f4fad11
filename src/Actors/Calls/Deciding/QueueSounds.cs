using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Prompts;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// What a caller in a queue hears: music, and between it the welcome, its place and how long it may take, and what the company wants repeated.
/// Announcements are due at whole multiples of their interval since the caller came, so a restart need not know which was the last.
/// </summary>
static class QueueSounds
{
    const string Timer = "queue";

    public static ImmutableArray<SoundId> Welcome(Turn turn, ExtensionNumber queue) =>
        turn.World.Tenants.Find(turn.Call.Tenant)?.Queues.GetValueOrDefault(queue) is { Welcome: { } welcome } ? [welcome] : [];

    /// <summary>Also after a restart: what was played is played again from its beginning.</summary>
    public static void Begin(Turn turn, SchemeWait.Queueing wait)
    {
        Await(turn, wait);
        AwaitNext(turn, wait);
    }

    /// <summary>This is heard now, in place of music or of what was heard before.</summary>
    public static void Play(Turn turn, SchemeWait.Queueing wait, ImmutableArray<SoundId> sounds)
    {
        InQueue.Waited(turn, wait with { Sounds = sounds });
        Await(turn, wait with { Sounds = sounds });
    }

    /// <summary>What was played is over: what was due meanwhile, or music again. Who is called back has heard so.</summary>
    public static void Over(Turn turn)
    {
        if (InQueue.Of(turn.Call) is not { } wait) return;
        if (wait.CallBack is CallBackWish.Kept) Ending.Call(turn, EndCause.CallBack);
        else if (!wait.Sounds.IsEmpty)
        {
            turn.Do(new CallEffect.CancelTimer(InScheme.Timer));
            var late = wait.OwesOutlook ? LateOutlook(turn, wait) : [];
            if (late.IsEmpty) InQueue.Waited(turn, wait with { Sounds = [], OwesOutlook = false });
            else Play(turn, wait with { OwesOutlook = false }, late);
        }
    }

    /// <summary>
    /// It is time for an announcement. Of one that finds another still heard,
    /// place and wait are said right after it (or a long one would always hide them), and the rest is left out.
    /// </summary>
    public static void Announce(Turn turn, int serial, DateTimeOffset due)
    {
        if (InQueue.Of(turn.Call) is not { } wait || wait.Serial != serial) return;
        AwaitNext(turn, wait);
        if (wait.CallBack is CallBackWish.Kept) return;
        if (!wait.Sounds.IsEmpty)
        {
            if (!wait.OwesOutlook && IsOutlookDue(turn, wait, due)) InQueue.Waited(turn, wait with { OwesOutlook = true });
        }
        else if (Due(turn, wait, due) is { IsEmpty: false } sounds)
        {
            Play(turn, wait, sounds);
        }
    }

    public static void Stop(Turn turn)
    {
        turn.Do(new CallEffect.CancelTimer(Timer));
        turn.Do(new CallEffect.CancelTimer(InScheme.Timer));
    }

    /// <summary>The queue's own music, else what whoever is held hears.</summary>
    public static PlaySource Music(CallWorld world, CallState call, SchemeWait.Queueing wait) =>
        world.Tenants.Find(call.Tenant) is { } tenant && QueueOf(world, call, wait) is { Music: { } own }
        && world.Sounds.Find(tenant, own) is PlaySource.Files music
            ? music.AsMusic()
            : world.MusicOnHold(call.Tenant);

    /// <summary>The media engine says when a sound is over; should it not, or is the sound gone, the wait goes on all the same.</summary>
    static void Await(Turn turn, SchemeWait.Queueing wait)
    {
        if (wait.Sounds.IsEmpty) return;
        turn.Do(new CallEffect.StartTimer(InScheme.Timer, InScheme.Longest(turn, wait.Sounds), new CallCommand.SchemeTimeIsUp(wait.Serial)));
    }

    static void AwaitNext(Turn turn, SchemeWait.Queueing wait)
    {
        if (QueueOf(turn.World, turn.Call, wait) is not { } queue) return;
        DateTimeOffset?[] dues = [Next(wait.Since, queue.AnnounceEvery, turn.Now), Next(wait.Since, queue.PeriodicEvery, turn.Now)];
        if (dues.Min() is { } due) turn.Do(new CallEffect.StartTimer(Timer, due - turn.Now, new CallCommand.AnnounceInQueue(wait.Serial, due)));
    }

    static DateTimeOffset? Next(DateTimeOffset since, TimeSpan every, DateTimeOffset now) =>
        every <= TimeSpan.Zero ? null : since + (every * (Math.Floor((now - since) / every) + 1));

    static ImmutableArray<SoundId> Due(Turn turn, SchemeWait.Queueing wait, DateTimeOffset due)
    {
        if (QueueOf(turn.World, turn.Call, wait) is not { } queue) return [];
        return
        [
            .. IsDue(wait, queue.PeriodicEvery, due) && queue.Periodic is { } periodic ? [periodic] : ImmutableArray<SoundId>.Empty,
            .. IsDue(wait, queue.AnnounceEvery, due) ? Outlook(turn, queue, wait).Select(SoundId.OfPrompt) : [],
        ];
    }

    static bool IsOutlookDue(Turn turn, SchemeWait.Queueing wait, DateTimeOffset due) =>
        QueueOf(turn.World, turn.Call, wait) is { } queue && (queue.AnnouncesPosition || queue.AnnouncesWait) && IsDue(wait, queue.AnnounceEvery, due);

    static ImmutableArray<SoundId> LateOutlook(Turn turn, SchemeWait.Queueing wait) =>
        QueueOf(turn.World, turn.Call, wait) is { } queue ? [.. Outlook(turn, queue, wait).Select(SoundId.OfPrompt)] : [];

    static bool IsDue(SchemeWait.Queueing wait, TimeSpan every, DateTimeOffset due) => every > TimeSpan.Zero && (due - wait.Since).Ticks % every.Ticks == 0;

    /// <summary>Nothing is said of a place that the distributor does not know yet.</summary>
    static IEnumerable<string> Outlook(Turn turn, Queue queue, SchemeWait.Queueing wait)
    {
        if (turn.World.Tenants.Find(turn.Call.Tenant) is not { } tenant) return [];
        if (turn.World.Queues.Find(tenant.Id) is not { } live || live.Queues.GetValueOrDefault(queue.Number) is not { } state) return [];
        var ticket = InQueue.TicketOf(turn.Call, wait);
        var place = state.Waiting.TakeWhile(other => other.Ticket != ticket).Count();
        if (place == state.Waiting.Length) return [];

        var world = new QueueWorld(tenant, turn.World.Plan, turn.World.View);
        var spoken = Spoken.In(turn.World.Options.Language);
        IReadOnlyList<string> expected = queue.AnnouncesWait && QueueEstimate.Now(queue, live, world, turn.Now).Of(place + 1) is { } time
            ? spoken.ExpectedWait(time)
            : [];
        return [.. queue.AnnouncesPosition ? spoken.PlaceInQueue(place) : [], .. expected];
    }

    public static Queue? QueueOf(CallWorld world, CallState call, SchemeWait.Queueing wait) =>
        world.Tenants.Find(call.Tenant)?.Queues.GetValueOrDefault(ExtensionNumber.Parse(wait.Queue));
}

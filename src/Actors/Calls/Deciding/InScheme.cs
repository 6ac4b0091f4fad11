using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Decisions;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>A call on its way through a scheme: <see cref="SchemeWalk"/> says what is next, here it is done to the call.</summary>
static class InScheme
{
    public const string Timer = "scheme";

    /// <summary>The media engine says when a sound is over; should it not, the caller does not wait for ever.</summary>
    static readonly TimeSpan _longestSound = TimeSpan.FromMinutes(15);

    /// <summary>In place of a sound that is gone: a caller who hears nothing is still given the time to press a key.</summary>
    static readonly TimeSpan _noSound = TimeSpan.FromSeconds(1);

    /// <summary>The client keeps to its time; should it not, the call goes on all the same.</summary>
    static readonly TimeSpan _slack = TimeSpan.FromSeconds(1);

    /// <summary>Lint finds loops without a wait; one whose waits are none (everybody is busy at once) is found here.</summary>
    const int MostMoves = 50;

    /// <summary>Nor does a caller go round in a scheme for ever who never hangs up.</summary>
    const int MostWaits = 2000;

    /// <summary>A call may come through several schemes, by transfers and forwards; its waits are counted through all of them.</summary>
    public static void Begin(Turn turn, SchemePosition start) => Go(turn, start with { Waits = turn.Call.SchemeWaits }, new ElementNews.Entered());

    /// <summary>Something happened that the element may have waited for.</summary>
    public static void Hear(Turn turn, ElementNews news)
    {
        if (turn.Call.Scheme is { } at) Go(turn, at, news);
    }

    /// <summary>A key of the leg that is in the scheme; false: it is none of ours.</summary>
    public static bool TryKey(Turn turn, Leg leg, char digit)
    {
        if (turn.Call.Scheme?.Wait is not (SchemeWait.Playing or SchemeWait.Listening or SchemeWait.Queueing or SchemeWait.Recording)
            || leg.Number != turn.Call.Waiting)
            return false;
        if (digit is (>= '0' and <= '9') or '*' or '#') Hear(turn, new ElementNews.Key(digit));
        return true;
    }

    /// <summary>The time of a wait is up; late for one that is over.</summary>
    public static void TimeIsUp(Turn turn, int serial)
    {
        if (turn.Call.Scheme?.Wait is not { } wait || wait.Serial != serial) return;
        if (wait is SchemeWait.Playing) Hear(turn, new ElementNews.Played());
        else if (wait is SchemeWait.Listening or SchemeWait.Asking or SchemeWait.Deciding) Hear(turn, new ElementNews.Silence());
        else if (wait is SchemeWait.Recording) Hear(turn, new ElementNews.Recorded());
        else if (wait is SchemeWait.Queueing) QueueSounds.Over(turn);
        // a trunk that never says whether it has a channel
        else if (!turn.Call.Legs.Any(leg => leg is { Live: true, AwaitsDigits: true })) Dialling.GiveUp(turn, turn.Call.Step);
    }

    /// <summary>After a restart: what was played is played again from its beginning, what was waited for has waited on.</summary>
    public static void Rearm(Turn turn)
    {
        InMailbox.TakeUp(turn);
        if (turn.Call.Scheme?.Wait is SchemeWait.Playing playing) Arm(turn, playing.Serial, Longest(turn, playing.Sounds));
        else if (turn.Call.Scheme?.Wait is SchemeWait.Queueing queueing) QueueSounds.Begin(turn, queueing);
        else if (turn.Call.Scheme?.Wait is SchemeWait.Deciding deciding) AskAgain(turn, turn.Call.Scheme, deciding);
        else if (turn.Call.Scheme?.Wait is SchemeWait.Ringing ringing) Arm(turn, ringing.Serial, turn.World.Options.SetupTimeout);
        else if (turn.Call.Scheme?.Wait is SchemeWait.Listening listening)
            Arm(turn, listening.Serial, listening.Until > turn.Now ? listening.Until - turn.Now : TimeSpan.Zero);
    }

    static void Go(Turn turn, SchemePosition at, ElementNews news)
    {
        if (turn.World.Tenants.Find(turn.Call.Tenant) is not { } tenant)
        {
            Ending.Call(turn, EndCause.NoSuchNumber);
            return;
        }

        if (at.Waits > MostWaits || turn.Events.Count(happened => happened is CallEvent.SchemeMoved) > MostMoves)
        {
            Ending.Call(turn, EndCause.SchemeLoop);
            return;
        }

        var move = SchemeWalk.Next(at, news, Context(turn, tenant, at));
        var serial = move.At.Waits + 1;
        if (at.Wait is SchemeWait.Queueing queued && move.Step is not (ElementStep.Stay or ElementStep.CallBack))
            InQueue.Leave(turn, queued, QueueExit.Key, EndCause.Cancelled);
        switch (move.Step)
        {
            case ElementStep.Stay when move.At.Memory == at.Memory: break; // a key that nobody waits for is no news
            case ElementStep.Stay: Moved(turn, move, at.Wait); break;
            case ElementStep.Play(var sounds, _): Wait(turn, move, new SchemeWait.Playing(sounds, serial), Longest(turn, sounds)); break;
            case ElementStep.Listen(var time, _): Wait(turn, move, new SchemeWait.Listening(turn.Now + time, serial), time); break;
            case ElementStep.Text(var sms, _):
                var texted = SchemeSms.Send(turn, tenant, move.At, sms);
                Moved(turn, move, null);
                Go(turn, move.At with { Wait = null }, texted);
                break;
            case ElementStep.Record record: InMailbox.Record(turn, move, record, serial); break;
            case ElementStep.Ask ask: InMailbox.Ask(turn, at, move, ask, serial); break;
            case ElementStep.Ring(var route, _):
                Wait(turn, move, new SchemeWait.Ringing(serial), turn.World.Options.SetupTimeout);
                Dialling.Try(turn, route, turn.Call.Waiting);
                break;
            case ElementStep.Join(var queue, var skill, _):
                Join(turn, move, new SchemeWait.Queueing(queue.Value, turn.Now, QueueSounds.Welcome(turn, queue), serial) { Skill = skill });
                break;
            case ElementStep.Decide(var url, var within, _):
                Moved(turn, move, new SchemeWait.Deciding(within, serial));
                Ask(turn, move.At, url, within, serial);
                break;
            case ElementStep.CallBack:
                Moved(turn, move, at.Wait);
                InQueue.AskCallBack(turn);
                break;
            case ElementStep.End(var cause, _):
                turn.Happen(new CallEvent.SchemeMoved(null, move.Path, turn.Now) { Served = move.Served });
                turn.Do(new CallEffect.CancelTimer(Timer));
                if (turn.Call.Transfer is null) Ending.Call(turn, at.Refusal ?? (turn.Call.Served is { Kind: ServiceKind.FeatureCode or ServiceKind.Announcement } ? EndCause.Completed : cause));
                else Transferring.Failed(turn, cause);
                break;
        }
    }

    /// <summary>What the call's element may look at.</summary>
    public static ElementContext Context(Turn turn, TenantState tenant, SchemePosition at)
    {
        var dialled = E164.TryParse(turn.Call.DialledNumber, out var number) ? number : (E164?)null;
        return new ElementContext(tenant, turn.Now, at.Caller, dialled, turn.World.Plan, turn.Call.Id.Value)
        {
            Who = turn.Call[turn.Call.Waiting]?.Party,
            Mailboxes = turn.World.Mailboxes,
            Language = turn.World.Options.Language,
        };
    }

    /// <summary>The answer, unless it was waited for no longer.</summary>
    public static void Decided(Turn turn, CallCommand.Decided said)
    {
        if (turn.Call.Scheme?.Wait is SchemeWait.Deciding wait && wait.Serial == said.Serial) Hear(turn, new ElementNews.Decided(said.Exit, said.Why));
    }

    static void Ask(Turn turn, SchemePosition at, Uri url, TimeSpan within, int serial)
    {
        var caller = at.Caller.Hidden ? null : at.Caller.Number;
        turn.Do(new CallEffect.Ask(url, new DecisionQuestion(caller, turn.Call.DialledNumber, at.Digits, turn.Call.Id.Value), within, serial));
        Arm(turn, serial, within + _slack);
    }

    /// <summary>The element says whom to ask, in the version by which the call goes.</summary>
    static void AskAgain(Turn turn, SchemePosition at, SchemeWait.Deciding wait)
    {
        if (turn.World.Tenants.Find(turn.Call.Tenant) is { } tenant && at.GraphOf(tenant)?[at.Element] is WebhookElement { Url: var url }) Ask(turn, at, new Uri(url), wait.Within, wait.Serial);
        else Hear(turn, new ElementNews.Decided(null, "the element that asked is gone"));
    }

    /// <summary>Who is to hear something, or to press keys, is answered first.</summary>
    internal static void Wait(Turn turn, SchemeMove move, SchemeWait wait, TimeSpan time)
    {
        if (wait is not SchemeWait.Ringing && !Answer(turn)) return;
        Moved(turn, move, wait);
        Arm(turn, wait.Serial, time);
    }

    /// <summary>A queue may be full, or have nobody: only its own word says that a transfer is done (<see cref="InQueue.LedOn"/>).</summary>
    static void Join(Turn turn, SchemeMove move, SchemeWait.Queueing wait)
    {
        if (!PickUp(turn)) return;
        Moved(turn, move, wait);
        InQueue.Begin(turn, wait);
    }

    static void Moved(Turn turn, SchemeMove move, SchemeWait? wait) =>
        turn.Happen(new CallEvent.SchemeMoved(move.At with { Wait = wait, Waits = Math.Max(move.At.Waits, wait?.Serial ?? 0) }, move.Path, turn.Now) { Served = move.Served });

    static bool Answer(Turn turn)
    {
        if (turn.Call.Transfer is { } transfer) Transferring.LedOn(turn, transfer);
        return PickUp(turn);
    }

    static bool PickUp(Turn turn)
    {
        var leg = turn.Leg(turn.Call.Waiting);
        if (leg.Up) return true;
        turn.Do(new CallEffect.CancelTimer(Dialling.SetupTimer));
        return Answering.Accept(turn, leg);
    }

    public static TimeSpan Longest(Turn turn, ImmutableArray<SoundId> sounds) => Source(turn.World, turn.Call, sounds) is null ? _noSound : _longestSound;

    /// <summary>What the sounds are, one after the other; those that are gone are left out. Null: none is there.</summary>
    public static PlaySource? Source(CallWorld world, CallState call, ImmutableArray<SoundId> sounds)
    {
        if (world.Tenants.Find(call.Tenant) is not { } tenant) return null;
        var files = sounds.Select(sound => world.Sounds.Find(tenant, sound)).OfType<PlaySource.Files>().SelectMany(found => found.Paths).ToImmutableArray();
        return files.IsEmpty ? null : new PlaySource.Files(files);
    }

    static void Arm(Turn turn, int serial, TimeSpan after) => turn.Do(new CallEffect.StartTimer(Timer, after, new CallCommand.SchemeTimeIsUp(serial)));
}

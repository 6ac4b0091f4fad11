using System.Collections.Immutable;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Queues.Deciding;

namespace TeleCube.Actors.Schemes.Simulation;

/// <remarks>
/// Queues: by the call distributor's own rules, as its queues are now, as if nobody else waited. Who is being rung for others can be rung; who talks
/// cannot, and who wraps up can afterwards; of whom the simulation says what he does has no other call. A caller whom nobody takes presses the keys that
/// are left.
/// </remarks>
public sealed partial class SchemeSimulation
{
    /// <summary>Whoever rings in vain this often in one wait would do so to its end.</summary>
    const int MostRings = 500;

    Queue? _queue;
    QueueTicket _ticket;
    DistributorState _distributor = DistributorState.Initial;

    QueueWorld QueueWorld => new(_tenant, _plan, _view);

    /// <summary>What the element hears of it, or the end.</summary>
    (ElementNews? News, SimulatedEnd? End) Join(ElementStep.Join join, CallerId caller)
    {
        (_queue, _ticket) = (_tenant.Queues[join.Queue], new QueueTicket(new CallId(CallId), _path.Count));
        var joins = new DistributorCommand.Join(_ticket, join.Queue, caller.Number ?? "", caller.Name, join.Skill, _now);
        if (_call.Callees.TryGetValue(join.Queue.Value, out var said)) return said switch
        {
            Callee.Answers => (null, new SimulatedEnd.Answered(join.Queue.Value)),
            Callee.Busy => Leave(QueueExit.Full),
            Callee.Unreachable => Leave(QueueExit.NoConsultants),
            _ => Wait(Decide(Paused(join.Queue), joins), caller),
        };
        var live = _call.Queues ?? DistributorState.Initial;
        return Told(Decide(live, joins)) is QueueNotice.Exit(var why) ? Leave(why) : Wait(Decide(Alone(live), joins), caller);
    }

    /// <summary>Goes on from a turn of the distributor until the caller is out, presses a key, or nothing more can come.</summary>
    (ElementNews? News, SimulatedEnd? End) Wait(DistributorTurn turn, CallerId caller)
    {
        for (var most = _rings.Count + MostRings; _rings.Count < most;)
        {
            _distributor = turn.State;
            switch (Told(turn))
            {
                case QueueNotice.Exit(var why): return Leave(why);
                case QueueNotice.Offer offer:
                    if (Rung(offer, caller) is not { } failed) return (null, Answered());
                    turn = Decide(_distributor, failed);
                    continue;
                case QueueNotice.CallBackKept: return (null, new SimulatedEnd.Ended(EndCause.CallBack));
            }

            if (_digits.TryDequeue(out var key)) return (new ElementNews.Key(key), null);
            if (Next() is not { } next) break;
            _now = next;
            turn = Decide(_distributor, new DistributorCommand.Look());
        }

        if (_distributor.CallerOf(_queue!.Number, _ticket) is not { } waits || Waiting.EndOfWait(_queue, waits) is not { } end) return (null, new SimulatedEnd.Unfinished());
        _now = end;
        return Leave(QueueExit.Timeout);
    }

    (ElementNews? News, SimulatedEnd? End) WaitOn(CallerId caller) => Wait(Decide(_distributor, new DistributorCommand.Look()), caller);

    /// <summary>A caller who cannot be called back waits on.</summary>
    (ElementNews? News, SimulatedEnd? End) CallBack(CallerId caller) =>
        caller is { Hidden: false, Number: { } number } && _plan.MayCallBack(number)
            ? Wait(Decide(_distributor, new DistributorCommand.AskCallBack(_ticket, number, _call.Dialled?.Value, _now)), caller)
            : WaitOn(caller);

    /// <summary>Null if somebody answers; else who did not and why. All who are rung at once ring though one of them answers.</summary>
    DistributorCommand.OfferFailed? Rung(QueueNotice.Offer offer, CallerId caller)
    {
        var (began, latest, answered) = (_now, _now, false);
        var missed = ImmutableArray.CreateBuilder<MissedOffer>();
        foreach (var consultant in offer.Consultants)
        {
            _now = began;
            var route = _plan.ToConsultant(_tenant, _queue!, consultant, _call.Dialled?.Value, caller, CallId);
            if (Ring(Within(route, offer.For)) is not { } outcome) answered = true;
            else missed.Add(Missed(consultant, outcome, isOutside: route.Next is RouteStep.Dial));
            latest = _now > latest ? _now : latest;
        }

        _now = answered ? began : latest;
        return answered ? null : new DistributorCommand.OfferFailed(_ticket, offer.Number, missed.DrainToImmutable(), _now);
    }

    static MissedOffer Missed(ConsultantId consultant, RouteStep outcome, bool isOutside) =>
        new(consultant, outcome is RouteStep.Refuse(var cause) ? cause.Code : EndCause.Unreachable.Code) { Outside = isOutside && consultant.External is null };

    /// <summary>A consultant is rung for as long as the queue says; his own forwards for when he is not reached count for nothing there.</summary>
    static Route Within(Route route, TimeSpan time) => route.Next switch
    {
        RouteStep.Dial dial => route with { Next = dial with { For = time } },
        RouteStep.Ring ring => route with { Next = new RouteStep.RingGroup([ring.Extension], time, ring.From) },
        _ => route,
    };

    /// <summary>When something is due by time: the next round, the end of a wrap-up or of the wait. Null: never, or nothing that would be another.</summary>
    DateTimeOffset? Next()
    {
        var caller = _distributor.CallerOf(_queue!.Number, _ticket);
        var end = caller is null ? null : Waiting.EndOfWait(_queue, caller);
        var free = _distributor.Consultants.Values.Min(consultant => consultant.Until);
        var rested = _distributor.Resting.Values.Where(rest => rest.Until > _now).Min(rest => (DateTimeOffset?)rest.Until);
        DateTimeOffset?[] due = end is null ? [free] : [free, caller!.NotBefore, rested, end];
        return due.Where(at => at > _now).Min();
    }

    DistributorTurn Decide(DistributorState state, DistributorCommand command) => DistributorDecider.Decide(state, command, QueueWorld, _now);

    QueueNotice? Told(DistributorTurn turn) => turn.Said.OfType<QueueSaid.Notice>().LastOrDefault(said => said.To == _ticket)?.What;

    DistributorState Alone(DistributorState live) => live with
    {
        Queues = live.Queues.ToImmutableSortedDictionary(queue => queue.Key, queue => queue.Value with { Waiting = [] }),
        Consultants = live.Consultants
            .Where(one => one.Value.Activity is not ConsultantActivity.Ringing && !_call.Callees.ContainsKey(NameOf(one.Key)))
            .ToImmutableSortedDictionary(),
        Resting = live.Resting.RemoveRange(live.Resting.Keys.Where(id => _call.Callees.ContainsKey(NameOf(id)))).SetItems(_distributor.Resting), // of an earlier wait
    };

    static string NameOf(ConsultantId consultant) => consultant.Extension?.Value ?? consultant.External?.Value ?? "";

    /// <summary>Somebody is logged in, and nobody gets a call.</summary>
    DistributorState Paused(ExtensionNumber queue) => DistributorState.Initial with
    {
        Queues = DistributorState.Initial.Queues.Add(queue, new QueueState(queue)
        {
            Paused = _queue!.Consultants.Select(link => link.Id).Distinct().ToImmutableSortedDictionary(id => id, _ => new ConsultantPause(null, _now)),
        }),
    };

    (ElementNews? News, SimulatedEnd? End) Leave(QueueExit why)
    {
        _queue = null;
        return (new ElementNews.LeftQueue(why), null);
    }
}

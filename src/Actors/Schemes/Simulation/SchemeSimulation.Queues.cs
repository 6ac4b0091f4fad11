using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Queues;

namespace TeleCube.Actors.Schemes.Simulation;

/// <remarks>
/// Queues: who is logged in is rung once, from the top of the list, as if nobody else waited; a caller whom nobody takes presses the keys that are left and
/// then waits as long as the queue lets him.
/// </remarks>
public sealed partial class SchemeSimulation
{
    static readonly EndCause _calledBack = EndCause.HungUp with { Text = "Asked to be called back" };

    Queue? _queue;
    DateTimeOffset _since;

    /// <summary>What the element hears of it, or the end.</summary>
    (ElementNews? News, SimulatedEnd? End) Join(ElementStep.Join join, CallerId caller)
    {
        (_queue, _since) = (_tenant.Queues[join.Queue], _now);
        var states = _call.Queues?.Queues.GetValueOrDefault(join.Queue);
        if (_call.Callees.TryGetValue(join.Queue.Value, out var said)) return said switch
        {
            Callee.Answers => (null, new SimulatedEnd.Answered(join.Queue.Value)),
            Callee.Busy => Leave(QueueExit.Full),
            Callee.Unreachable => Leave(QueueExit.NoConsultants),
            _ => WaitOn(),
        };
        if (_queue.MaxLength > 0 && states?.Waiting.Length >= _queue.MaxLength) return Leave(QueueExit.Full);
        var loggedIn = LoggedIn(_queue, states);
        if (loggedIn.Count == 0 && _queue.WhenEmpty is not EmptyQueue.Wait) return Leave(QueueExit.NoConsultants);
        var able = loggedIn.Where(linked => states?.Paused.ContainsKey(linked.Id) != true && (join.Skill is null || linked.Skills.Contains(join.Skill)));
        if (_queue.Strategy is QueueStrategy.Skills) able = able.OrderBy(linked => linked.Priority); // a stable sort: the list's order breaks ties
        return Offer(able, _queue, caller) ? (null, Answered()) : WaitOn();
    }

    static List<LinkedConsultant> LoggedIn(Queue queue, QueueState? state) =>
    [
        .. queue.Consultants.Where(linked => state?.LoggedOut.Contains(linked.Id) != true),
        .. (state?.LoggedIn ?? []).Where(id => queue.Consultants.All(linked => linked.Id != id)).Select(id => new LinkedConsultant(id)),
    ];

    bool Offer(IEnumerable<LinkedConsultant> consultants, Queue queue, CallerId caller)
    {
        var (began, latest) = (_now, _now);
        foreach (var linked in consultants)
        {
            if (queue.Strategy is QueueStrategy.All) _now = began;
            else if (IsTooLate(queue)) break;
            if (Ring(Within(_plan.ToConsultant(_tenant, queue, linked.Id, _call.Dialled?.Value, caller, CallId), queue)) is null) return true;
            latest = _now > latest ? _now : latest;
        }

        _now = latest;
        return false;
    }

    static Route Within(Route route, Queue queue) => route.Next is RouteStep.Dial dial ? route with { Next = dial with { For = queue.RingFor } } : route;

    bool IsTooLate(Queue queue) => queue.MaxWait > TimeSpan.Zero && _now >= _since + queue.MaxWait;

    (ElementNews? News, SimulatedEnd? End) WaitOn()
    {
        if (_digits.TryDequeue(out var key)) return (new ElementNews.Key(key), null);
        if (_queue!.MaxWait == TimeSpan.Zero) return (null, new SimulatedEnd.Unfinished()); // for ever
        _now = _since + _queue.MaxWait;
        return Leave(QueueExit.Timeout);
    }

    (ElementNews? News, SimulatedEnd? End) Leave(QueueExit why)
    {
        _queue = null;
        return (new ElementNews.LeftQueue(why), null);
    }
}

using System.Text;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Queues.Deciding;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Tests.Queues.Model;

/// <summary>
/// The real distributor's rules among simulated calls. What each side says is on its way for a while, in order; it may get lost or arrive twice; and either
/// side may be killed: then what was on its way is gone, and the distributor is what its journal says.
/// </summary>
sealed class SimulatedExchange(QueueTestWorld world)
{
    static readonly EventRegistry _registry = new EventRegistry().AddQueueEvents();

    readonly Dictionary<QueueTicket, Queue<object>> _toCalls = [];
    readonly List<DistributorEvent> _tail = [];
    readonly Invariants _invariants = new(world);
    DistributorState _snapshot = DistributorState.Initial;

    public QueueTestWorld World => world;

    public DistributorState State { get; private set; } = DistributorState.Initial;

    public DateTimeOffset Now { get; private set; } = QueueTable.Noon;

    public SortedDictionary<string, SimulatedCall> Calls { get; } = new(StringComparer.Ordinal);

    public List<string> Trace { get; } = [];

    public IEnumerable<SimulatedCall> Speakers => Calls.Values.Where(call => call.Says.Count > 0);

    public IEnumerable<QueueTicket> Spoken => _toCalls.Where(one => one.Value.Count > 0).Select(one => one.Key).OrderBy(ticket => ticket.ToString(), StringComparer.Ordinal);

    /// <summary>Several at once, as they are when they have waited for the store.</summary>
    public void Decide(params IReadOnlyList<DistributorCommand> commands)
    {
        var turn = DistributorDecider.Decide(State, commands, world, Now);
        foreach (var command in commands)
        {
            Trace.Add($"{Now:mm:ss} {command}");
            _invariants.Heard(command);
        }

        foreach (var happened in turn.Events)
        {
            Trace.Add($"        {happened}");
            _invariants.Before(State, happened, Now);
            State = DistributorApply.Apply(State, happened);
            _tail.Add(happened);
        }

        if (!ReferenceEquals(State, turn.State) && Text(State) != Text(turn.State)) throw new InvariantException("the events make another state than the turn has");
        foreach (var said in turn.Said)
        {
            if (said is QueueSaid.Notice(var to, var what)) Send(to, what);
            else if (said is QueueSaid.CallBack(var order)) Send(order.Ticket, order);
        }

        _invariants.After(State);
    }

    public void Pass(TimeSpan time)
    {
        Now += time;
        foreach (var call in Calls.Values.Where(call => call.Ringing.Count > 0 && call.RingsUntil <= Now)) call.RingInVain(Now);
        Decide(new DistributorCommand.Look());
    }

    /// <summary>The next word of a call arrives.</summary>
    public void Listen(SimulatedCall call, bool lost = false, bool again = false)
    {
        var said = again ? call.Says.Peek() : call.Says.Dequeue();
        if (lost) Trace.Add($"        lost: {said}");
        else Decide(said);
        CheckLegs();
    }

    /// <summary>The next words of several calls arrive before any is decided.</summary>
    public void Listen(IEnumerable<SimulatedCall> calls)
    {
        Decide([.. calls.Select(call => call.Says.Dequeue())]);
        CheckLegs();
    }

    /// <summary>The next notice to a call arrives.</summary>
    public void Notify(QueueTicket to, bool lost = false, bool again = false)
    {
        var what = again ? _toCalls[to].Peek() : _toCalls[to].Dequeue();
        Trace.Add($"{Now:mm:ss} {(lost ? "lost: " : "")}to {to}: {what}");
        if (lost) return;
        var known = Calls.GetValueOrDefault(to.ToString());
        if (what is CallBackOrder order)
        {
            // A repeat to a call that has begun does nothing.
            if (known is null) Calls[to.ToString()] = known = new SimulatedCall(to, order.Queue, null, order.Since);
            else if (!known.Waits || known.Ringing.Count > 0) return;
            known.Hear(order.Offer, Now);
        }
        else
        {
            known ??= Calls[to.ToString()] = Unborn(to);
            known.Hear((QueueNotice)what, Now);
        }

        CheckLegs();
    }

    /// <summary>The process dies and begins again: what was on its way is gone; each side says where it stands.</summary>
    public void Kill(Func<SimulatedCall, bool> dies)
    {
        Trace.Add($"{Now:mm:ss} killed");
        _toCalls.Clear();
        foreach (var call in Calls.Values)
        {
            call.Says.Clear();
            if (dies(call)) call.Die();
            else if (!call.IsOver) call.SayAgain(Now);
        }

        Restart();
    }

    /// <summary>Only the distributor is restarted: its mailbox is kept.</summary>
    public void Restart()
    {
        var (before, kept) = (Text(State), Places());
        State = _tail.Select(one => (DistributorEvent)Back(one)).Aggregate((DistributorState)Back(_snapshot), DistributorApply.Apply);
        if (Text(State) != before) throw new InvariantException($"the journal makes another state:\n{Text(State)}\nthan there was:\n{before}");
        if (!kept.SequenceEqual(Places())) throw new InvariantException("order or waiting times are others after the restart");
        _snapshot = State;
        _tail.Clear();
        AskAround();
        Decide(new DistributorCommand.Look());
    }

    public void AskAround()
    {
        foreach (var ticket in Inquiries.Due(State)) Send(ticket, new QueueNotice.AreYouThere());
    }

    /// <summary>Everything arrives, everybody is asked, and everything arrives again.</summary>
    public void Settle()
    {
        for (var round = 0; round < 3; round++)
        {
            foreach (var call in Calls.Values.Where(call => call is { Waits: true, Ticket.CallsBack: false })) call.Says.Enqueue(call.Join);
            AskAround();
            for (var left = 2000; ; left--)
            {
                if (left == 0) throw new InvariantException("the calls and the distributor never stop talking");
                if (Speakers.FirstOrDefault() is { } speaker) Listen(speaker);
                else if (Spoken.Any()) Notify(Spoken.First());
                else break;
            }
        }

        Invariants.Settled(State, Calls.Values);
    }

    /// <summary>Not by the journal's own words: what it leaves out would be missing on both sides.</summary>
    List<string> Places() => [.. State.Queues.Values.SelectMany(queue => queue.Waiting).Select(caller =>
        $"{caller.Ticket} since {caller.Since:O}, {caller.Skill}, tried {string.Join(' ', caller.Tried)} until {caller.NotBefore:O}, {caller.Offer?.Number}, {caller.CallBack}")];

    void CheckLegs() => Invariants.OneLegEach(Calls.Values);

    /// <summary>A call of which the order was lost: it never began.</summary>
    SimulatedCall Unborn(QueueTicket ticket)
    {
        var call = new SimulatedCall(ticket, QueueTable.Sales, null, Now);
        call.Die();
        return call;
    }

    void Send(QueueTicket to, object what)
    {
        if (!_toCalls.TryGetValue(to, out var waiting)) _toCalls[to] = waiting = [];
        waiting.Enqueue(what);
    }

    static object Back(object one)
    {
        var (type, version, payload) = _registry.Encode(one);
        return _registry.Decode(type, version, payload);
    }

    static string Text(DistributorState state) => Encoding.UTF8.GetString(_registry.Encode(state).Payload);
}

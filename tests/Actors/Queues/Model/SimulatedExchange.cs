using System.Text;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Queues.Deciding;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Tests.Queues.Model;

/// <summary>
/// The real distributor's rules among simulated calls. What each side says is on its way for a while, in order; it may get lost or arrive twice; and either
/// side may be killed: then what was on its way is gone, and the distributor is what its journal says. The store may go away, also in the middle of a write:
/// then nothing is told, and what calls say waits.
/// </summary>
sealed class SimulatedExchange
{
    static readonly EventRegistry _registry = new EventRegistry().AddQueueEvents();

    readonly Dictionary<QueueTicket, Queue<object>> _toCalls = [];
    readonly List<DistributorEvent> _tail = [];
    readonly Invariants _invariants;
    readonly List<DistributorCommand> _unwritten = [];
    readonly Dictionary<QueueTicket, Action> _journaled = [];
    DistributorState _snapshot = DistributorState.Initial;
    bool? _losesNextAnswer;
    (DistributorTurn Turn, IReadOnlyList<DistributorCommand> Commands, bool Written)? _inDoubt;

    public SimulatedExchange(QueueTestWorld world)
    {
        World = world;
        _invariants = new Invariants(world, ticket => Calls.GetValueOrDefault(ticket.ToString())?.HearsUntil is not null);
    }

    public QueueTestWorld World { get; }

    public DistributorState State { get; private set; } = DistributorState.Initial;

    public DateTimeOffset Now { get; private set; } = QueueTable.Noon;

    public bool StoreIsAway { get; private set; }

    public SortedDictionary<string, SimulatedCall> Calls { get; } = new(StringComparer.Ordinal);

    public List<string> Trace { get; } = [];

    public IEnumerable<SimulatedCall> Speakers => Calls.Values.Where(call => call.Says.Count > 0);

    public IEnumerable<QueueTicket> Spoken => _toCalls.Where(one => one.Value.Count > 0).Select(one => one.Key).OrderBy(ticket => ticket.ToString(), StringComparer.Ordinal);

    /// <summary>Several at once, as they are when they have waited for the store. Without it people are refused, and calls wait.</summary>
    public void Decide(params IReadOnlyList<DistributorCommand> commands)
    {
        if (StoreIsAway)
        {
            _unwritten.AddRange(commands.Where(command => command.IsOfCalls));
            return;
        }

        var turn = DistributorDecider.Decide(State, commands, World, Now);
        foreach (var command in commands) Trace.Add($"{Now:mm:ss} {command}");
        _invariants.Decided(State, turn);
        if (_losesNextAnswer is { } written && turn.Events.Count > 0)
        {
            Trace.Add($"        in doubt, {(written ? "but" : "and not")} written: {string.Join("; ", turn.Events)}");
            (_losesNextAnswer, _inDoubt) = (null, (turn, commands, written));
            LoseStore();
            return;
        }

        Write(turn, commands);
        Tell(turn);
        _invariants.NobodyIdles(State, Now);
    }

    /// <summary>From now on nothing can be written; what calls journal is not either.</summary>
    public void LoseStore()
    {
        if (StoreIsAway) return;
        StoreIsAway = true;
        Trace.Add($"{Now:mm:ss} the store is away");
        foreach (var call in Calls.Values) _journaled[call.Ticket] = call.Remember();
    }

    /// <summary>The next turn's answer does not arrive; nobody knows whether it was written.</summary>
    public void LoseNextAnswer(bool written)
    {
        if (!StoreIsAway) _losesNextAnswer = written;
    }

    public void FindStore()
    {
        if (!StoreIsAway) return;
        Trace.Add($"{Now:mm:ss} the store is back");
        var (doubt, waiting) = (_inDoubt, _unwritten.ToArray());
        Forget();
        if (doubt is var (turn, commands, _))
        {
            Write(turn, commands);
            Tell(turn);
        }

        Decide([.. waiting, new DistributorCommand.Look()]);
        CheckLegs();
    }

    public void Pass(TimeSpan time)
    {
        Now += time;
        foreach (var call in Calls.Values.Where(call => call.Ringing.Count > 0 && call.RingsUntil <= Now)) call.RingInVain(Now);
        foreach (var call in Calls.Values.Where(call => call.HearsUntil <= Now)) call.HangUp(Now);
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
        if (StoreIsAway) Undo();
        _toCalls.Clear();
        foreach (var call in Calls.Values)
        {
            call.Says.Clear();
            if (dies(call)) call.Die();
            else if (!call.IsLost) call.SayAgain(Now);
        }

        Restart();
    }

    /// <summary>What happened without the store has not happened, but for a write that was only not heard of.</summary>
    void Undo()
    {
        foreach (var call in Calls.Values)
        {
            if (_journaled.TryGetValue(call.Ticket, out var back)) back();
            else call.Die(); // never written
        }

        if (_inDoubt is (var turn, var commands, true)) Write(turn, commands);
        Forget();
    }

    void Forget()
    {
        (StoreIsAway, _inDoubt) = (false, null);
        _unwritten.Clear();
        _journaled.Clear();
    }

    /// <summary>Only the distributor is restarted: its mailbox is kept.</summary>
    public void Restart()
    {
        if (StoreIsAway) return; // it waits for the store
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
        _losesNextAnswer = null;
        FindStore();
        foreach (var call in Calls.Values.Where(call => call.HearsUntil is not null)) call.HangUp(Now);
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

    void CheckLegs() => _invariants.OneLegEach(Calls.Values);

    void Write(DistributorTurn turn, IReadOnlyList<DistributorCommand> commands)
    {
        foreach (var command in commands) _invariants.Heard(command);
        foreach (var happened in turn.Events)
        {
            Trace.Add($"        {happened}");
            _invariants.Happened(happened, turn.Now);
            State = DistributorApply.Apply(State, happened);
            _tail.Add(happened);
        }

        if (!ReferenceEquals(State, turn.State) && Text(State) != Text(turn.State)) throw new InvariantException("the events make another state than the turn has");
        _invariants.After(State);
    }

    void Tell(DistributorTurn turn)
    {
        foreach (var said in turn.Said)
        {
            if (said is QueueSaid.Notice(var to, var what)) Send(to, what);
            else if (said is QueueSaid.CallBack(var order)) Send(order.Ticket, order);
        }
    }

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

using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Queues.Deciding;

/// <summary>What one command comes to: events, the state after them, and what calls are then told.</summary>
public sealed class DistributorTurn(DistributorState state, IQueueWorld world, DateTimeOffset now)
{
    readonly List<DistributorEvent> _events = [];
    readonly List<QueueSaid> _said = [];
    readonly Dictionary<(ExtensionNumber, ConsultantId), NotRung?> _notRung = [];
    readonly Dictionary<QueueTicket, (QueueState Queue, WaitingCaller Caller, int Position)> _places = [];
    DistributorState? _searched, _indexed;

    public DistributorState State { get; private set; } = state;

    public IQueueWorld World => world;

    public DateTimeOffset Now => now;

    public IReadOnlyList<DistributorEvent> Events => _events;

    public IReadOnlyList<QueueSaid> Said => _said;

    /// <summary>Why the command was refused.</summary>
    public Rejection? Refused { get; private set; }

    public void Add(DistributorEvent happened)
    {
        _events.Add(happened);
        State = DistributorApply.Apply(State, happened);
    }

    public void Tell(QueueTicket to, QueueNotice notice) => _said.Add(new QueueSaid.Notice(to, notice));

    public void Order(CallBackOrder order) => _said.Add(new QueueSaid.CallBack(order));

    public void Refuse(string code, string? detail = null) => Refused = new Rejection(code, detail);

    /// <summary>Asked once in a turn, since it looks at every call.</summary>
    public NotRung? WhyNotRung(Queue queue, ConsultantId consultant)
    {
        var key = (queue.Number, consultant);
        if (!_notRung.TryGetValue(key, out var why)) _notRung[key] = why = world.WhyNotRung(queue, consultant);
        return why;
    }

    public QueueState QueueOf(ExtensionNumber number) => State.Queues.GetValueOrDefault(number) ?? new QueueState(number);

    /// <summary>Where a caller waits: under his own ticket, or under that of the call that calls him back.</summary>
    public (QueueState Queue, WaitingCaller Caller, int Position)? Find(QueueTicket ticket)
    {
        if (ReferenceEquals(_searched, State)) return Indexed(ticket); // many say again where they stand, and nothing changes
        _searched = State;
        foreach (var place in Places())
            if (place.Caller.Ticket == ticket || place.Caller.Offer?.Ticket == ticket) return place;
        return null;
    }

    (QueueState, WaitingCaller, int)? Indexed(QueueTicket ticket)
    {
        if (!ReferenceEquals(_indexed, State))
        {
            _indexed = State;
            _places.Clear();
            foreach (var place in Places())
            {
                _places.TryAdd(place.Caller.Ticket, place);
                if (place.Caller.Offer is { } offer) _places.TryAdd(offer.Ticket, place);
            }
        }

        return _places.TryGetValue(ticket, out var found) ? found : null;
    }

    IEnumerable<(QueueState Queue, WaitingCaller Caller, int Position)> Places()
    {
        foreach (var queue in State.Queues.Values)
            for (var i = 0; i < queue.Waiting.Length; i++) yield return (queue, queue.Waiting[i], i + 1);
    }

    /// <summary>Who talks in, or is rung by, that call.</summary>
    public ConsultantState? BusyWith(QueueTicket ticket) =>
        State.Consultants.Values.FirstOrDefault(one => one.Ticket == ticket && one.Activity is not ConsultantActivity.WrappingUp);
}

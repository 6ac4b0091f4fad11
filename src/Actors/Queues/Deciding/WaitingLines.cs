using System.Collections.Immutable;

namespace TeleCube.Actors.Queues.Deciding;

/// <summary>
/// Those for whom somebody could be rung when the turn comes to it, in the order in which they come: of all queues the heaviest first, of equal ones
/// whoever waits longest. Each queue's own callers stand in that order already, so only their heads are compared.
/// </summary>
sealed class WaitingLines
{
    readonly DistributorTurn _turn;
    readonly PriorityQueue<Line, (int Weight, DateTimeOffset Since, int Queue)> _heads = new();
    Line? _last;
    int _unseen;

    public WaitingLines(DistributorTurn turn)
    {
        _turn = turn;
        foreach (var (at, state) in turn.State.Queues.Values.Index())
            if (!state.Waiting.IsEmpty && turn.World.Find(state.Number) is { } queue && Enqueue(new Line(at, queue, state.Waiting))) _unseen++;
    }

    /// <summary>One queue, and how far it was looked at.</summary>
    sealed class Line(int at, Queue queue, ImmutableArray<WaitingCaller> waiting)
    {
        int _next;

        public Queue Queue => queue;

        public (int, DateTimeOffset, int) Order => (-queue.Weight, Head.Since, at);

        public WaitingCaller Head => waiting[_next];

        public bool IsSeen { get; set; }

        public void Pass() => _next++;

        /// <summary>Passes over those who are being served, or rest.</summary>
        public bool SkipToDue(DateTimeOffset now)
        {
            while (_next < waiting.Length && !Choosing.IsDue(waiting[_next], now)) _next++;
            return _next < waiting.Length;
        }
    }

    /// <summary>Of each queue somebody has come, or nobody is to come.</summary>
    public bool AllAreSeen => _unseen == 0;

    public bool TryNext(out Queue queue, out WaitingCaller caller)
    {
        if (_last is { } last)
        {
            last.Pass();
            Enqueue(last);
        }

        (queue, caller) = (null!, null!);
        if (!_heads.TryDequeue(out _last, out _)) return false;
        (queue, caller) = (_last.Queue, _last.Head);
        if (!_last.IsSeen) _unseen--;
        return _last.IsSeen = true;
    }

    /// <summary>Nobody else of the queue that came last is to come.</summary>
    public void Leave() => _last = null;

    bool Enqueue(Line line)
    {
        var some = line.SkipToDue(_turn.Now);
        if (some) _heads.Enqueue(line, line.Order);
        return some;
    }
}

using System.Collections.Concurrent;
using TeleCube.Kernel.Actors;

namespace TeleCube.Bench.Queues;

/// <summary>Actors have their turns on the thread that measures, and nothing runs beside it.</summary>
sealed class OneThread : IActorDispatcher
{
    readonly ConcurrentQueue<IThreadPoolWorkItem> _ready = new();

    public TimeSpan Lag => TimeSpan.Zero;

    public void Enqueue(IThreadPoolWorkItem turn) => _ready.Enqueue(turn);

    public void RunAll()
    {
        while (_ready.TryDequeue(out var turn)) turn.Execute();
    }

    public void Dispose() => _ready.Clear();
}

/// <summary>A clock that is set by hand; timers never fire, what is due is said by the bench.</summary>
sealed class StillClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

    sealed class Never : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

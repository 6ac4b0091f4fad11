using System.Collections.Concurrent;
using TeleCube.Kernel.Actors;

namespace TeleCube.Actors.Tests.Wire;

/// <summary>Actors have their turns when the test says so, on its own thread: nothing runs beside it, and one seed makes one history.</summary>
sealed class TurnPump : IActorDispatcher
{
    readonly ConcurrentQueue<IThreadPoolWorkItem> _ready = new();

    public TimeSpan Lag => TimeSpan.Zero;

    public void Enqueue(IThreadPoolWorkItem turn) => _ready.Enqueue(turn);

    /// <summary>False when nobody has anything to do.</summary>
    public bool TryTurn()
    {
        if (!_ready.TryDequeue(out var turn)) return false;
        turn.Execute();
        return true;
    }

    public void Dispose() => _ready.Clear();
}

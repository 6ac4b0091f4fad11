using System.Collections.Concurrent;
using System.Diagnostics;

namespace TeleCube.Kernel.Actors;

/// <summary>
/// The threads on which actors have their turns, one per core. A sleeping thread is woken only when none is awake, when work piles up, or when what is
/// first in the queue has waited: most turns take microseconds, less than waking a thread, so a few of them are cheaper one after the other.
/// </summary>
/// <remarks>The thread pool wakes a thread for nearly every turn; on two cores those switches cost a fifth of a call.</remarks>
sealed class ActorDispatcher : IActorDispatcher
{
    const int MostWaitingPerThread = 32;
    static readonly long _patience = Stopwatch.Frequency / 1000; // a turn that takes longer than this blocks; others go past it

    readonly ConcurrentQueue<Ready> _ready = new();
    readonly Stack<Worker> _asleep = new();
    readonly Lock _sleeping = new();
    readonly int _threads = Math.Max(2, Environment.ProcessorCount);
    int _awake;
    volatile bool _closed;

    public ActorDispatcher()
    {
        for (var i = 0; i < _threads; i++) _asleep.Push(new Worker(this, i));
    }

    public TimeSpan Lag => _ready.TryPeek(out var next) ? Stopwatch.GetElapsedTime(next.Since) : TimeSpan.Zero;

    public void Enqueue(IThreadPoolWorkItem turn)
    {
        _ready.Enqueue(new Ready(turn, Stopwatch.GetTimestamp()));
        Interlocked.MemoryBarrier(); // first the work, then the look at who is awake: see FallAsleep
        WakeIfNeeded();
    }

    /// <summary>Ends the threads when the queue is empty. Without waiting: one of them may be the caller.</summary>
    public void Dispose()
    {
        _closed = true;
        while (Pop() is { } worker) worker.Wake();
    }

    void WakeIfNeeded()
    {
        var awake = Volatile.Read(ref _awake);
        if (awake > 0 && (awake == _threads || (_ready.Count <= awake * MostWaitingPerThread && !SomebodyWaits()))) return;
        Pop()?.Wake();
    }

    bool SomebodyWaits() => _ready.TryPeek(out var next) && Stopwatch.GetTimestamp() - next.Since > _patience;

    Worker? Pop()
    {
        lock (_sleeping)
        {
            if (!_asleep.TryPop(out var worker)) return null;
            Volatile.Write(ref _awake, _threads - _asleep.Count);
            return worker;
        }
    }

    /// <summary>False when there is work after all.</summary>
    bool FallAsleep(Worker worker)
    {
        lock (_sleeping)
        {
            _asleep.Push(worker);
            Volatile.Write(ref _awake, _threads - _asleep.Count);
            Interlocked.MemoryBarrier(); // who enqueues after the next look sees that we sleep
            if (_ready.IsEmpty && !_closed) return true;
            _asleep.Pop();
            Volatile.Write(ref _awake, _threads - _asleep.Count);
            return false;
        }
    }

    readonly record struct Ready(IThreadPoolWorkItem Turn, long Since);

    sealed class Worker(ActorDispatcher dispatcher, int number) : IDisposable
    {
        readonly AutoResetEvent _wake = new(false);
        Thread? _thread;

        /// <summary>A thread begins with its first work, so that a system of few actors costs one.</summary>
        public void Wake()
        {
            if (_thread is null && dispatcher._closed)
            {
                Dispose();
            }
            else if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = $"actors-{number}" };
                _thread.UnsafeStart();
            }
            else
            {
                _wake.Set();
            }
        }

        public void Dispose() => _wake.Dispose();

        void Run()
        {
            using var end = this;
            while (true)
            {
                while (dispatcher._ready.TryDequeue(out var next))
                {
                    next.Turn.Execute();
                    dispatcher.WakeIfNeeded();
                }

                if (dispatcher._closed) return;
                if (dispatcher.FallAsleep(this)) _wake.WaitOne();
            }
        }
    }
}

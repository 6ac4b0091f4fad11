using System.Collections.Concurrent;
using TeleCube.Kernel.Actors;

namespace TeleCube.Kernel.Tests.Actors;

public sealed class ActorDispatcherTests : IDisposable
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);
    readonly ActorDispatcher _dispatcher = new();

    public void Dispose() => _dispatcher.Dispose();

    [Fact]
    public async Task Every_turn_is_taken_once_however_many_threads_bring_them()
    {
        const int Threads = 8, Each = 20_000;
        var taken = new int[Threads * Each];
        var left = taken.Length;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                var number = (thread * Each) + i;
                _dispatcher.Enqueue(new Turn(() =>
                {
                    Interlocked.Increment(ref taken[number]);
                    if (Interlocked.Decrement(ref left) == 0) done.SetResult();
                }));
            }
        })));

        await done.Task.WaitAsync(_patience);
        Assert.All(taken, times => Assert.Equal(1, times));
        Assert.Equal(TimeSpan.Zero, _dispatcher.Lag);
    }

    [Fact]
    public async Task A_turn_after_a_rest_wakes_a_thread()
    {
        for (var i = 0; i < 1000; i++)
        {
            var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _dispatcher.Enqueue(new Turn(taken.SetResult));
            await taken.Task.WaitAsync(_patience);
        }
    }

    [Fact]
    public async Task A_turn_that_blocks_holds_up_nobody_for_long()
    {
        using var gate = new ManualResetEventSlim();
        var blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _dispatcher.Enqueue(new Turn(() =>
        {
            blocked.SetResult();
            gate.Wait();
        }));
        await blocked.Task.WaitAsync(_patience);

        var others = new ConcurrentQueue<Task>();
        while (others.All(other => !other.IsCompleted) || others.IsEmpty)
        {
            var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _dispatcher.Enqueue(new Turn(taken.SetResult));
            others.Enqueue(taken.Task);
            await Task.Yield();
        }

        await Task.WhenAll(others).WaitAsync(_patience);
        gate.Set();
    }

    [Fact]
    public async Task The_lag_is_what_the_next_turn_has_waited()
    {
        using var gate = new ManualResetEventSlim();
        var blocked = new CountdownEvent(Math.Max(2, Environment.ProcessorCount));
        while (!blocked.IsSet) // until every thread is in a turn that blocks
        {
            _dispatcher.Enqueue(new Turn(() =>
            {
                if (!blocked.IsSet) blocked.Signal();
                gate.Wait();
            }));
            await Task.Yield();
        }

        _dispatcher.Enqueue(new Turn(() => { }));
        var first = _dispatcher.Lag;
        while (_dispatcher.Lag <= first) await Task.Yield();
        gate.Set();
        var rested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _dispatcher.Enqueue(new Turn(rested.SetResult));
        await rested.Task.WaitAsync(_patience);
    }

    sealed class Turn(Action take) : IThreadPoolWorkItem
    {
        public void Execute() => take();
    }
}

using System.Diagnostics;
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

        var others = new List<Task>();
        var over = Stopwatch.StartNew();
        try
        {
            do
            {
                Assert.True(over.Elapsed < _patience, "the turns behind the one that blocks are not taken");
                var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _dispatcher.Enqueue(new Turn(taken.SetResult));
                others.Add(taken.Task);
                await Task.Yield();
            }
            while (!others[0].IsCompleted);

            await Task.WhenAll(others).WaitAsync(_patience);
        }
        finally
        {
            gate.Set();
        }
    }

    [Fact]
    public async Task The_lag_is_what_the_next_turn_has_waited()
    {
        using var gate = new ManualResetEventSlim();
        var over = Stopwatch.StartNew();
        try
        {
            var atWork = 0;
            while (Volatile.Read(ref atWork) < Math.Max(2, Environment.ProcessorCount)) // until every thread is in a turn that blocks
            {
                Assert.True(over.Elapsed < _patience, "not every thread has a turn");
                _dispatcher.Enqueue(new Turn(() =>
                {
                    Interlocked.Increment(ref atWork);
                    gate.Wait();
                }));
                await Task.Yield();
            }

            _dispatcher.Enqueue(new Turn(() => { }));
            var before = _dispatcher.Lag;
            Assert.True(SpinWait.SpinUntil(() => _dispatcher.Lag > before, _patience), "who waits does not grow older");
        }
        finally
        {
            gate.Set();
        }

        var rested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _dispatcher.Enqueue(new Turn(rested.SetResult));
        await rested.Task.WaitAsync(_patience);
        Assert.True(SpinWait.SpinUntil(() => _dispatcher.Lag == TimeSpan.Zero, _patience), "nobody waits, and still there is a lag");
    }

    sealed class Turn(Action take) : IThreadPoolWorkItem
    {
        public void Execute() => take();
    }
}

using System.Collections.Concurrent;

namespace TeleCube.Storage.Sqlite;

/// <summary>The thread on which the file is written: SQLite's calls block until the disk has it, which must not cost the pool a
/// thread.</summary>
sealed class SqliteThread : IDisposable
{
    // Unbounded, but only the group writer (one group at a time) and the maintenance (one chunk at a time) put work here.
    readonly ConcurrentQueue<Action> _work = new();
    // Not a BlockingCollection: that spins before it sleeps, a third of what a commit costs when commits come a few milliseconds apart.
    readonly AutoResetEvent _wake = new(false);
    readonly Thread _thread;
    volatile bool _closed;

    public SqliteThread()
    {
        _thread = new Thread(Work) { IsBackground = true, Name = "telecube-sqlite" };
        _thread.Start();
    }

    public Task<T> Run<T>(Func<T> work)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Enqueue(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception fault)
            {
                done.SetException(fault);
            }
        });
        _wake.Set();
        return done.Task;
    }

    public Task Run(Action work) => Run(() => { work(); return true; });

    /// <summary>Does what is queued, then ends.</summary>
    public void Dispose()
    {
        _closed = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    void Work()
    {
        while (true)
        {
            while (_work.TryDequeue(out var work)) work();
            if (_closed && _work.IsEmpty) return;
            _wake.WaitOne();
        }
    }
}

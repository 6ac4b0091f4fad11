using System.Collections.Concurrent;

namespace TeleCube.Storage.Sqlite;

/// <summary>The thread on which the file is written: SQLite's calls block until the disk has it, which must not cost the pool a
/// thread.</summary>
sealed class SqliteThread : IDisposable
{
    // Unbounded, but only the group writer (one group at a time) and the maintenance (one chunk at a time) put work here.
    readonly BlockingCollection<Action> _work = [];
    readonly Thread _thread;

    public SqliteThread()
    {
        _thread = new Thread(() => { foreach (var work in _work.GetConsumingEnumerable()) work(); }) { IsBackground = true, Name = "telecube-sqlite" };
        _thread.Start();
    }

    public Task<T> Run<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
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
        return done.Task;
    }

    public Task Run(Action work) => Run(() => { work(); return true; });

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }
}

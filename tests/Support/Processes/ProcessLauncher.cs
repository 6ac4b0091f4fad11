using System.Collections.Concurrent;

namespace TeleCube.Tests.Support.Processes;

/// <summary>
/// Starts processes on one thread that lives as long as the test run: PR_SET_PDEATHSIG fires when the *thread* that forked is gone,
/// and threads of the pool come and go.
/// </summary>
static class ProcessLauncher
{
    static readonly BlockingCollection<Action> Work = [];

    static ProcessLauncher() => new Thread(Loop) { IsBackground = true, Name = "process launcher" }.Start();

    public static T Run<T>(Func<T> start)
    {
        var started = new TaskCompletionSource<T>();
        Work.Add(() =>
        {
            try
            {
                started.SetResult(start());
            }
            catch (Exception problem)
            {
                started.SetException(problem);
            }
        });
        return started.Task.GetAwaiter().GetResult();
    }

    static void Loop()
    {
        foreach (var work in Work.GetConsumingEnumerable()) work();
    }
}

using TeleCube.Storage.Groups;
using TeleCube.Tests.Support;

namespace TeleCube.Storage.Tests.Groups;

/// <summary>A database that can't be reached until the outage ends.</summary>
sealed class ScriptedOutage
{
    readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _back = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile bool _over;

    public Task Recover()
    {
        if (_over)
        {
            _back.TrySetResult();
            return Task.CompletedTask;
        }

        _tried.TrySetResult();
        throw new StoreFaultException("gone", ambiguous: true, new IOException());
    }

    /// <summary>Waits until the database has been tried in vain.</summary>
    public Task Tried() => _tried.Task.WaitAsync(TimeSpan.FromSeconds(10));

    public Task End(ManualClock clock)
    {
        _over = true;
        return Advance(clock, _back.Task, TimeSpan.FromSeconds(1));
    }

    /// <summary>Lets time pass until it is done: the timer may be armed only after the first step.</summary>
    public static async Task Advance(ManualClock clock, Task done, TimeSpan step)
    {
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!done.IsCompleted)
        {
            guard.Token.ThrowIfCancellationRequested();
            if (clock.Armed > 0) clock.Advance(step);
            await Task.Yield();
        }
    }
}

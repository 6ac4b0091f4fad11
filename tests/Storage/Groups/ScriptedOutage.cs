using TeleCube.Storage.Groups;
using TeleCube.Tests.Support;

namespace TeleCube.Storage.Tests.Groups;

/// <summary>A database that can't be reached until the outage ends.</summary>
sealed class ScriptedOutage
{
    static readonly TimeSpan _untilNextTry = new StoreOptions().ProbeInterval;

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

    /// <summary>No time passes but what the next try waits for: who has waited too long for the truth is refused.</summary>
    public async Task End(ManualClock clock)
    {
        _over = true;
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!_back.Task.IsCompleted)
        {
            guard.Token.ThrowIfCancellationRequested();
            if (clock.FirstDue <= clock.GetUtcNow() + _untilNextTry) clock.Advance(_untilNextTry);
            await Task.Yield();
        }
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

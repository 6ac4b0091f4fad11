using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage.Groups;

/// <summary>What becomes of writes while the database is away, and of those whose commit is in doubt.</summary>
sealed partial class GroupCommitWriter
{
    async Task ProbeIdle()
    {
        try
        {
            await _committer.Probe(_stop.Token);
        }
        catch (StoreFaultException fault)
        {
            _metrics.Fault();
            _health.Unavailable(fault.Message);
            await RecoverAndSettle([], fault, _time.GetTimestamp());
        }
    }

    /// <summary>Returns when the database takes writes again and it is known which of the writes it had committed; those that it had not
    /// are returned.</summary>
    async Task<IReadOnlyList<PendingWrite>> RecoverAndSettle(IReadOnlyList<PendingWrite> open, StoreFaultException fault, long started)
    {
        var known = !fault.Ambiguous;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (!_health.Now.IsOk) await WaitForProbe();
                await _committer.Reconnect(_stop.Token);
                if (!known) await SettleWritten(open);
                known = true;
                await _committer.Probe(_stop.Token);
                _health.Ok();
                return StillOpen(open);
            }
            catch (Exception again)
            {
                if (_stop.IsCancellationRequested) break;
                _health.Unavailable(again.Message);
                if (known) Refuse(open, again.Message);
                else if (_time.GetElapsedTime(started) >= RetryWithin) LeaveUnknown(open, again.Message);
                RefuseQueued(again.Message);
            }
        }

        if (known) Refuse(open, fault.Message);
        Abandon(open, fault);
        return [];
    }

    /// <summary>A call can't wait for the end of an outage; who hears this keeps the events until then.</summary>
    void LeaveUnknown(IReadOnlyList<PendingWrite> group, string reason)
    {
        foreach (var write in StillOpen(group)) Settle(write, new(AppendStatus.Unknown, reason));
    }

    void Abandon(IReadOnlyList<PendingWrite> open, StoreFaultException fault)
    {
        // Nobody will ever know here what became of these: their callers must not take it for "not written".
        foreach (var write in StillOpen(open))
            write.Fail(new StoreUnavailableException($"the store was closed while the outcome of a commit was unknown: {fault.Message}"));
        RefuseQueued("the store is closed");
    }

    async Task WaitForProbe()
    {
        var probe = Task.Delay(_options.ProbeInterval, _time, _stop.Token);
        RefuseQueued(_health.Now.Reason ?? "the store is away");
        await probe;
        RefuseQueued(_health.Now.Reason ?? "the store is away");
    }

    async Task SettleWritten(IReadOnlyList<PendingWrite> open)
    {
        foreach (var write in StillOpen(open))
            if (await _committer.WasCommitted(write)) Settle(write, AppendOutcome.Committed);
    }

    static List<PendingWrite> StillOpen(IReadOnlyList<PendingWrite> writes) => [.. writes.Where(write => !write.Settled.IsCompleted)];
}

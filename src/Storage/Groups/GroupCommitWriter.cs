using System.Diagnostics;
using System.Threading.Channels;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage.Groups;

/// <summary>The one writer of a store: takes what is queued, commits it as a group, and tells each caller its own outcome.</summary>
sealed class GroupCommitWriter : IAsyncDisposable
{
    // A group whose fate is known within this time is tried again by us; after that its callers have moved on and decide themselves.
    static readonly TimeSpan RetryWithin = TimeSpan.FromSeconds(2);

    static readonly TimeSpan IdleProbe = TimeSpan.FromSeconds(5);

    readonly IGroupCommitter _committer;
    readonly StoreOptions _options;
    readonly TimeProvider _time;
    readonly HealthMonitor _health;
    readonly StoreMetrics _metrics;
    readonly Channel<PendingWrite> _queue;
    readonly CancellationTokenSource _stop = new();
    readonly Task _loop;

    public GroupCommitWriter(IGroupCommitter committer, StoreOptions options, TimeProvider time, HealthMonitor health)
    {
        (_committer, _options, _time, _health) = (committer, options, time, health);
        _queue = Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(options.QueueLimit) { SingleReader = true });
        _metrics = new StoreMetrics(() => _queue.Reader.Count, () => health.Now);
        _loop = Task.Run(Run);
    }

    /// <summary>How long the write that is next has waited for its group.</summary>
    public TimeSpan Lag => _queue.Reader.TryPeek(out var next) ? Stopwatch.GetElapsedTime(next.Since) : TimeSpan.Zero;

    public Task<AppendOutcome> Enqueue(PendingWrite write)
    {
        if (_health.Now is { IsOk: false } away) return Refused(write, away.Reason);
        if (_queue.Writer.TryWrite(write)) return write.Settled;
        return Refused(write, _loop.IsCompleted || _queue.Reader.Completion.IsCompleted ? "the store is closed" : "too many writes are waiting");
    }

    /// <summary>Commits what is queued, then ends. When the database is away it waits no longer for it.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        if (!_health.Now.IsOk) await _stop.CancelAsync();
        // A database that goes away just now must not hold up the stop for ever.
        using var lastCall = new CancellationTokenSource(_options.StatementTimeout * 4, _time);
        await using (lastCall.Token.Register(_stop.Cancel)) await _loop;
        await _committer.DisposeAsync();
        _metrics.Dispose();
        _stop.Dispose();
    }

    async Task Run()
    {
        var group = new List<PendingWrite>(_options.GroupSize);
        var last = default(long?);
        while (await WaitForWork())
        {
            group.Clear();
            Take(group);
            if (last is { } begun && group.Count < _options.GroupSize && _options.GroupInterval - _time.GetElapsedTime(begun) is { Ticks: > 0 } early)
            {
                await Task.Delay(early, _time);
                Take(group);
            }

            last = _time.GetTimestamp();
            await CommitOrRefuse(group);
        }
    }

    /// <summary>False when the store is closed. While nobody writes, the database is asked now and then, so that an outage is known before a call meets it.</summary>
    async Task<bool> WaitForWork()
    {
        var work = _queue.Reader.WaitToReadAsync().AsTask();
        while (true)
        {
            try
            {
                return await work.WaitAsync(IdleProbe, _time);
            }
            catch (TimeoutException)
            {
                await ProbeIdle();
            }
        }
    }

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

    void Take(List<PendingWrite> group)
    {
        while (group.Count < _options.GroupSize && _queue.Reader.TryRead(out var write)) group.Add(write);
    }

    async Task CommitOrRefuse(List<PendingWrite> group)
    {
        var started = _time.GetTimestamp();
        IReadOnlyList<PendingWrite> open = group;
        while (open.Count > 0)
        {
            if (await Attempt(open) is not { } fault) return;
            _metrics.Fault();
            if (fault is { Ambiguous: false, Passing: false })
            {
                _health.Unavailable(fault.Message);
                Refuse(open, fault.Message);
            }

            open = await RecoverAndSettle(open, fault, started);
            if (_time.GetElapsedTime(started) < RetryWithin) continue;
            Refuse(open, fault.Message);
            return;
        }
    }

    /// <summary>Null when every write of the group has been told what became of it, else the store's fault.</summary>
    async Task<StoreFaultException?> Attempt(IReadOnlyList<PendingWrite> writes)
    {
        foreach (var group in _committer.Divide(writes))
            if (await AttemptTogether(group) is { } fault) return fault;
        return null;
    }

    async Task<StoreFaultException?> AttemptTogether(IReadOnlyList<PendingWrite> group)
    {
        var started = _time.GetTimestamp();
        try
        {
            await _committer.Commit(group);
            _metrics.Committed(group.Count, _time.GetElapsedTime(started));
            foreach (var write in group) Settle(write, write.Outcome);
            return null;
        }
        catch (StoreFaultException fault)
        {
            return fault;
        }
        catch (Exception defect)
        {
            return await AttemptOneByOne(group, defect);
        }
    }

    /// <summary>A group that the database refuses as a whole holds one write at fault: each on its own, so that only that one
    /// fails.</summary>
    async Task<StoreFaultException?> AttemptOneByOne(IReadOnlyList<PendingWrite> group, Exception defect)
    {
        if (group.Count == 1)
        {
            group[0].Fail(defect);
            return null;
        }

        foreach (var write in group)
            if (await AttemptTogether([write]) is { } fault) return fault;
        return null;
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

    void RefuseQueued(string reason)
    {
        while (_queue.Reader.TryRead(out var write)) Settle(write, new(AppendStatus.Unavailable, reason));
    }

    void Refuse(IReadOnlyList<PendingWrite> group, string reason)
    {
        foreach (var write in StillOpen(group)) Settle(write, new(AppendStatus.Unavailable, reason));
    }

    Task<AppendOutcome> Refused(PendingWrite write, string? reason)
    {
        Settle(write, new(AppendStatus.Unavailable, reason));
        return write.Settled;
    }

    void Settle(PendingWrite write, AppendOutcome outcome)
    {
        _metrics.Settled(outcome.Status, write.Append?.Events.Count ?? 0);
        write.Settle(outcome);
    }
}

using System.Diagnostics;
using System.Threading.Channels;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage.Groups;

/// <summary>
/// The one writer of a store: takes what is queued, commits it as a group, and tells each caller its own outcome. A thread of its own, which a commit
/// may block: each thread that takes part in a commit must be woken, and that costs as much as the commit.
/// </summary>
sealed partial class GroupCommitWriter : IAsyncDisposable
{
    // A group whose fate is known within this time is tried again by us; after that its callers have moved on and decide themselves.
    static readonly TimeSpan RetryWithin = TimeSpan.FromSeconds(2);

    static readonly TimeSpan IdleProbe = TimeSpan.FromSeconds(5);

    readonly IGroupCommitter _committer;
    readonly StoreOptions _options;
    readonly TimeProvider _time;
    readonly HealthMonitor _health;
    readonly FeedBell _bell;
    readonly StoreMetrics _metrics;
    readonly Channel<PendingWrite> _queue;
    readonly CancellationTokenSource _stop = new();
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly AutoResetEvent _wake = new(false);
    readonly ITimer _idle;
    readonly List<PendingWrite> _group = []; // what the writer's thread has in hand
    volatile bool _probeDue;
    volatile bool _closed;
    int _asleep;

    public GroupCommitWriter(IGroupCommitter committer, StoreOptions options, TimeProvider time, HealthMonitor health, FeedBell? bell = null)
    {
        (_committer, _options, _time, _health, _bell) = (committer, options, time, health, bell ?? new FeedBell());
        _queue = Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(options.QueueLimit) { SingleReader = true });
        _metrics = new StoreMetrics(() => _queue.Reader.Count, () => health.Now);
        _idle = time.CreateTimer(_ => ProbeNow(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        new Thread(Run) { IsBackground = true, Name = "telecube-store" }.Start();
    }

    /// <summary>How long the write that is next has waited for its group.</summary>
    public TimeSpan Lag => _queue.Reader.TryPeek(out var next) ? Stopwatch.GetElapsedTime(next.Since) : TimeSpan.Zero;

    public Task<AppendOutcome> Enqueue(PendingWrite write)
    {
        if (_health.Now is { IsOk: false } away) return Refused(write, away.Reason);
        if (!_queue.Writer.TryWrite(write)) return Refused(write, _closed ? "the store is closed" : "too many writes are waiting");
        Wake();
        return write.Settled;
    }

    /// <summary>Commits what is queued, then ends. When the database is away it waits no longer for it.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _closed = true;
        _wake.Set();
        if (!_health.Now.IsOk) await _stop.CancelAsync();
        // A database that goes away just now must not hold up the stop for ever.
        using var lastCall = new CancellationTokenSource(_options.StatementTimeout * 4, _time);
        await using (lastCall.Token.Register(_stop.Cancel)) await _ended.Task;
        await _committer.DisposeAsync();
        await _idle.DisposeAsync();
        _wake.Dispose();
        _metrics.Dispose();
        _stop.Dispose();
    }

    void Run()
    {
        try
        {
            WriteGroups();
            _ended.SetResult();
        }
        catch (Exception defect)
        {
            GiveUp(defect);
        }
    }

    /// <summary>A defect of the writer's own: nothing will be committed any more, and everybody must know.</summary>
    void GiveUp(Exception defect)
    {
        _queue.Writer.TryComplete();
        _closed = true;
        _health.Unavailable($"the store's writer broke, restart the node: {defect.Message}", defect);
        foreach (var write in StillOpen(_group)) write.Fail(defect);
        RefuseQueued("the store's writer broke");
        _ended.SetException(defect);
    }

    void WriteGroups()
    {
        var group = _group;
        var last = default(long?);
        while (WaitForWork())
        {
            while (last is { } begun && !_closed && _queue.Reader.Count < _options.GroupSize && Early(begun) is { Ticks: > 0 } early) Pause(early);
            group.Clear();
            Take(group);
            last = _time.GetTimestamp();
            CommitOrRefuse(group).GetAwaiter().GetResult();
        }
    }

    /// <summary>
    /// False when the store is closed. While nobody writes, the database is asked now and then, so that an outage is known before a call meets it.
    /// </summary>
    bool WaitForWork()
    {
        while (_queue.Reader.Count == 0)
        {
            if (_closed) return false;
            if (_probeDue) ProbeIdle().GetAwaiter().GetResult();
            Sleep();
        }
        return true;
    }

    void Sleep()
    {
        _probeDue = false;
        _idle.Change(IdleProbe, Timeout.InfiniteTimeSpan);
        Volatile.Write(ref _asleep, 1);
        Interlocked.MemoryBarrier(); // first asleep, then the last look: see Wake
        if (_queue.Reader.Count == 0 && !_closed && !_probeDue) _wake.WaitOne();
        Volatile.Write(ref _asleep, 0);
    }

    void Wake()
    {
        Interlocked.MemoryBarrier(); // first the work, then the look at who sleeps
        if (Volatile.Read(ref _asleep) == 1 && Interlocked.Exchange(ref _asleep, 0) == 1) _wake.Set();
    }

    void ProbeNow()
    {
        _probeDue = true;
        Wake();
    }

    TimeSpan Early(long begun) => _options.GroupInterval - _time.GetElapsedTime(begun);

    /// <summary>Until the time is over or the store is closed. A timer would wake two more threads each time; the system's clock needs none.</summary>
    void Pause(TimeSpan wait)
    {
        if (_time == TimeProvider.System)
        {
            _wake.WaitOne(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)));
            return;
        }

        using var over = _time.CreateTimer(_ => _wake.Set(), null, wait, Timeout.InfiniteTimeSpan);
        _wake.WaitOne();
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
            if (group[0].Append is null) group[0].Fail(defect);
            else Settle(group[0], new(AppendStatus.Faulty, defect.Message));
            return null;
        }

        foreach (var write in group)
            if (await AttemptTogether([write]) is { } fault) return fault;
        return null;
    }

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
        if (outcome.Status is not AppendStatus.Committed) return;
        foreach (var said in write.Writes.Published) _bell.Ring(said.Tenant);
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Kernel.Persistence;
using TeleCube.Storage.Groups;
using TeleCube.Storage.Tests.Fixtures;
using TeleCube.Tests.Support;

namespace TeleCube.Storage.Tests.Groups;

public sealed class GroupCommitWriterTests : IDisposable
{
    static readonly StoreOptions _atOnce = new() { GroupInterval = TimeSpan.Zero };
    readonly ManualClock _clock = new();
    readonly ScriptedCommitter _database = new();
    readonly HealthMonitor _health;
    readonly TaskCompletionSource _gate = new();

    public GroupCommitWriterTests() => _health = new(_clock, NullLogger.Instance);

    /// <summary>A failed test must not leave a writer waiting.</summary>
    public void Dispose() => _gate.TrySetResult();

    [Fact]
    public async Task What_comes_during_a_commit_makes_the_next_group()
    {
        await using var writer = Writer(_atOnce with { GroupSize = 100 });
        _database.Then(_ => _gate.Task);
        var first = writer.Enqueue(Write());
        await _database.Begun();

        var later = Enumerable.Range(0, 250).Select(_ => writer.Enqueue(Write())).ToList();
        _gate.SetResult();
        await Task.WhenAll(later);

        Assert.Equal(AppendOutcome.Committed, await first);
        Assert.Equal([1, 100, 100, 50], _database.Groups);
    }

    [Fact]
    public async Task What_comes_within_the_interval_shares_the_commit_at_its_end()
    {
        await using var writer = Writer(new() { GroupInterval = TimeSpan.FromSeconds(1) });
        Assert.Equal(AppendOutcome.Committed, await writer.Enqueue(Write())); // the first after a pause waits for nobody
        var begun = _clock.GetUtcNow();
        var committed = begun;
        _database.Then(_ =>
        {
            committed = _clock.GetUtcNow();
            return Task.CompletedTask;
        });

        var both = Task.WhenAll(writer.Enqueue(Write()), writer.Enqueue(Write()));
        await ScriptedOutage.Advance(_clock, both, TimeSpan.FromMilliseconds(100));

        Assert.Equal([1, 2], _database.Groups);
        Assert.InRange(committed - begun, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_full_group_waits_for_no_interval()
    {
        await using var writer = Writer(new() { GroupInterval = TimeSpan.FromHours(1), GroupSize = 3 });
        _database.Then(_ => _gate.Task);
        var first = writer.Enqueue(Write());
        await _database.Begun();
        var full = Enumerable.Range(0, 3).Select(_ => writer.Enqueue(Write())).ToList();

        _gate.SetResult();
        await Task.WhenAll([first, .. full]).WaitAsync(TimeSpan.FromSeconds(10)); // the clock stands still

        Assert.Equal([1, 3], _database.Groups);
    }

    [Fact]
    public async Task Beyond_its_bound_the_queue_refuses_at_once()
    {
        await using var writer = Writer(_atOnce with { QueueLimit = 5 });
        _database.Then(_ => _gate.Task);
        var first = writer.Enqueue(Write());
        await _database.Begun();
        var queued = Enumerable.Range(0, 5).Select(_ => writer.Enqueue(Write())).ToList();

        var refused = writer.Enqueue(Write());

        Assert.True(refused.IsCompleted);
        Assert.Equal(new(AppendStatus.Unavailable, "too many writes are waiting"), await refused);
        Assert.True(_health.Now.IsOk);
        _gate.SetResult();
        Assert.All(await Task.WhenAll([first, .. queued]), outcome => Assert.Equal(AppendOutcome.Committed, outcome));
    }

    [Fact]
    public async Task An_ambiguous_commit_that_happened_is_told_as_committed()
    {
        await using var writer = Writer(_atOnce);
        _database.Then(group =>
        {
            _database.Written.UnionWith(group);
            throw Fault(ambiguous: true);
        });

        Assert.Equal(AppendOutcome.Committed, await writer.Enqueue(Write()));
        Assert.Equal([1], _database.Groups);
        Assert.True(_health.Now.IsOk);
    }

    [Fact]
    public async Task An_ambiguous_commit_that_did_not_happen_is_repeated()
    {
        await using var writer = Writer(_atOnce);
        _database.Then(_ => throw Fault(ambiguous: true));

        Assert.Equal(AppendOutcome.Committed, await writer.Enqueue(Write()));
        Assert.Equal([1, 1], _database.Groups);
    }

    [Fact]
    public async Task While_the_database_is_away_others_are_refused_and_the_ambiguous_one_waits_for_the_truth()
    {
        await using var writer = Writer(_atOnce);
        var away = Outage();
        _database.Then(_ => throw Fault(ambiguous: true));
        var open = writer.Enqueue(Write());
        await away.Tried();

        Assert.Equal(new(AppendStatus.Unavailable, "gone"), await writer.Enqueue(Write()));
        Assert.Equal("gone", _health.Now.Reason);
        Assert.False(open.IsCompleted);

        await away.End(_clock);
        Assert.Equal(AppendOutcome.Committed, await open);
        Assert.Equal(AppendOutcome.Committed, await writer.Enqueue(Write()));
        Assert.True(_health.Now.IsOk);
    }

    [Fact]
    public async Task When_the_database_stays_away_nobody_waits_for_the_truth_for_ever()
    {
        await using var writer = Writer(_atOnce);
        var away = Outage();
        _database.Then(_ => throw Fault(ambiguous: true));
        var open = writer.Enqueue(Write());
        await away.Tried();

        await Until(open, TimeSpan.FromSeconds(1));

        Assert.Equal(new(AppendStatus.Unknown, "gone"), await open);
    }

    [Fact]
    public async Task An_outage_is_known_though_nobody_writes()
    {
        await using var writer = Writer(_atOnce);
        _database.OnProbe = () => throw Fault(ambiguous: true);
        var away = Outage();

        await Until(away.Tried(), TimeSpan.FromSeconds(1));
        await Until(() => !_health.Now.IsOk);
        _database.OnProbe = () => Task.CompletedTask;
        await away.End(_clock);

        await Until(() => _health.Now.IsOk);
    }

    [Fact]
    public async Task A_defect_of_the_writer_is_seen_and_nobody_waits_for_it()
    {
        var writer = Writer(_atOnce);
        var asked = new TaskCompletionSource();
        _database.OnProbe = () =>
        {
            asked.SetResult();
            throw new InvalidOperationException("a defect");
        };

        await Until(asked.Task, TimeSpan.FromSeconds(1));
        await Until(() => !_health.Now.IsOk);

        Assert.Equal(AppendStatus.Unavailable, (await writer.Enqueue(Write())).Status);
        Assert.Contains("a defect", _health.Now.Reason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer.DisposeAsync());
    }

    [Fact]
    public async Task An_ambiguous_commit_is_settled_as_soon_as_the_database_can_be_read()
    {
        await using var writer = Writer(_atOnce);
        _database.OnProbe = () => throw Fault(ambiguous: false);
        _database.Then(group =>
        {
            _database.Written.Add(group[0]);
            throw Fault(ambiguous: true);
        });

        Assert.Equal(AppendOutcome.Committed, await writer.Enqueue(Write()));
        Assert.Equal(AppendStatus.Unavailable, (await writer.Enqueue(Write())).Status);
    }

    [Fact]
    public async Task A_full_disk_is_told_at_once_and_tried_again()
    {
        await using var writer = Writer(_atOnce);
        _database.Then(_ => throw Fault(ambiguous: false));

        Assert.Equal(new(AppendStatus.Unavailable, "full"), await writer.Enqueue(Write()));
        Assert.False(_health.Now.IsOk);

        var recovered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _database.OnRecover = () => { recovered.TrySetResult(); return Task.CompletedTask; };
        await Until(recovered.Task, TimeSpan.FromSeconds(1));
        await Until(() => _health.Now.IsOk);
        Assert.Equal(AppendOutcome.Committed, await writer.Enqueue(Write()));
    }

    [Fact]
    public async Task A_poisoned_write_fails_alone()
    {
        await using var writer = Writer(_atOnce);
        var poison = Write();
        Task Refuse(IReadOnlyList<PendingWrite> group) => group.Contains(poison) ? throw new FormatException("poison") : Task.CompletedTask;
        _database.Then(_ => _gate.Task);
        var first = writer.Enqueue(Write());
        await _database.Begun();
        for (var i = 0; i < 4; i++) _database.Then(Refuse);
        var around = new[] { writer.Enqueue(Write()), writer.Enqueue(poison), writer.Enqueue(Write()) };
        _gate.SetResult();

        Assert.Equal(AppendOutcome.Committed, await first);
        Assert.Equal(AppendOutcome.Committed, await around[0]);
        Assert.Equal(new AppendOutcome(AppendStatus.Faulty, "poison"), await around[1]);
        Assert.Equal(AppendOutcome.Committed, await around[2]);
        Assert.True(_health.Now.IsOk);
    }

    [Fact]
    public async Task A_stop_commits_what_is_queued()
    {
        var writer = Writer(_atOnce);
        _database.Then(_ => _gate.Task);
        var writes = Enumerable.Range(0, 10).Select(_ => writer.Enqueue(Write())).ToList();
        await _database.Begun();

        var stopped = writer.DisposeAsync();
        _gate.SetResult();
        await stopped;

        Assert.All(await Task.WhenAll(writes), outcome => Assert.Equal(AppendOutcome.Committed, outcome));
        Assert.Equal(AppendStatus.Unavailable, (await writer.Enqueue(Write())).Status);
    }

    [Fact]
    public async Task A_stop_without_the_database_never_calls_an_unknown_commit_unwritten()
    {
        var writer = Writer(_atOnce);
        var away = Outage();
        _database.Then(_ => throw Fault(ambiguous: true));
        var open = writer.Enqueue(Write());
        await away.Tried();

        await writer.DisposeAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => open);
    }

    GroupCommitWriter Writer(StoreOptions options) => new(_database, options, _clock, _health);

    static PendingWrite Write() => new() { Append = new("call/t/c", 0, 1, [Samples.Event(1)], []) };

    static StoreFaultException Fault(bool ambiguous) => new(ambiguous ? "gone" : "full", ambiguous, new IOException());

    ScriptedOutage Outage()
    {
        var outage = new ScriptedOutage();
        _database.OnRecover = outage.Recover;
        return outage;
    }

    Task Until(Task done, TimeSpan step) => ScriptedOutage.Advance(_clock, done, step);

    async Task Until(Func<bool> done)
    {
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!done())
        {
            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

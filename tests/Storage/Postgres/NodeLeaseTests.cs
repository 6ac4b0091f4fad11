using Npgsql;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Storage.Leases;
using TeleCube.Storage.Tests.Fixtures;
using TeleCube.Tests.Support;

namespace TeleCube.Storage.Tests.Postgres;

public sealed class NodeLeaseTests : IAsyncLifetime
{
    StoreOptions _options = null!;
    NpgsqlDataSource _database = null!;

    public async Task InitializeAsync()
    {
        _options = await PostgresServer.NewDatabase();
        _database = NpgsqlDataSource.Create(_options.ConnectionString);
        // The schema.
        await (await OpenedFixture.Open(_options with { NodeId = "first" })).DisposeAsync();
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Originates_until_shortly_before_the_lease_ends_on_the_clock_that_never_jumps()
    {
        var clock = new ManualClock();
        var lease = new NodeLease(_options, clock); // TTL 1 s, margin 100 ms
        await using var connection = await _database.OpenConnectionAsync();
        Assert.False(lease.IsValid);

        await lease.Acquire(connection, default);
        clock.Advance(TimeSpan.FromMilliseconds(899));
        Assert.True(lease.IsValid);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(lease.IsValid);

        Assert.True(await lease.Renew(connection, default));
        Assert.True(lease.IsValid);
        await lease.Release(connection, default);
        Assert.False(lease.IsValid);
    }

    [Fact]
    public async Task A_node_owns_all_shards_under_epochs_of_this_timeline()
    {
        await using var store = await OpenedFixture.Open(_options);
        Assert.All(Enumerable.Range(0, Shards.Count), shard => Assert.Equal(1, store.Ownership.EpochOf(shard) >> 32));
        Assert.True(store.Ownership.MayOriginate);
    }

    [Fact]
    public async Task A_second_living_process_of_a_node_is_refused_and_the_first_goes_on()
    {
        await using var first = await OpenedFixture.Open(_options);

        var refusal = await Assert.ThrowsAsync<StoreStartException>(() => OpenedFixture.Open(_options));

        Assert.Contains("node node-1 is running already", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(AppendOutcome.Committed, await first.Append(Append(first, Samples.NewCall())));
    }

    [Fact]
    public async Task A_node_that_died_starts_again_when_its_lease_has_run_out()
    {
        await Pretend("node-1", "1 second");

        await using var store = await OpenedFixture.Open(_options);

        Assert.Equal(Shards.Count, Owned(store));
        Assert.Equal(AppendOutcome.Committed, await store.Append(Append(store, Samples.NewCall())));
        Assert.Equal(8L, await Scalar("SELECT incarnation FROM node WHERE id = 'node-1'"));
    }

    [Fact]
    public async Task A_clean_stop_gives_the_shards_to_whoever_comes()
    {
        var one = await OpenedFixture.Open(_options);
        var stale = Append(one, Samples.NewCall());
        await one.DisposeAsync();
        Assert.Equal(0L, await Scalar("SELECT count(*) FROM shard WHERE owner IS NOT NULL"));

        await using var two = await OpenedFixture.Open(_options with { NodeId = "node-2" });

        Assert.Equal(Shards.Count, Owned(two));
        Assert.Equal(AppendStatus.Fenced, (await two.Append(stale)).Status);
    }

    [Fact]
    public async Task A_living_nodes_shards_stay_its_own()
    {
        await using var one = await OpenedFixture.Open(_options);
        await using var two = await OpenedFixture.Open(_options with { NodeId = "node-2" });

        Assert.Equal((Shards.Count, 0), (Owned(one), Owned(two)));
        var call = Samples.NewCall();
        Assert.Equal(AppendStatus.Fenced, (await two.Append(Append(one, call))).Status);
        Assert.Equal(AppendOutcome.Committed, await one.Append(Append(one, call)));
    }

    [Fact]
    public async Task A_silent_nodes_shards_are_taken_over_after_a_ttl_of_watching()
    {
        await Pretend("dead", "-1 hour");
        var started = DateTimeOffset.UtcNow;
        await using var store = await OpenedFixture.Open(_options);
        Assert.Equal(0, Owned(store));

        await Until("SELECT count(*) = 0 FROM shard WHERE owner = 'dead'");

        Assert.True(DateTimeOffset.UtcNow - started >= _options.LeaseTtl);
        await Until(() => Owned(store) == Shards.Count);
        Assert.Equal(0L, await Scalar("SELECT count(*) FROM shard WHERE epoch <= 4294967298"));
    }

    [Fact]
    public async Task A_node_whose_name_was_taken_owns_nothing_any_more()
    {
        await using var store = await OpenedFixture.Open(_options);
        var append = Append(store, Samples.NewCall());

        await Scalar("UPDATE node SET incarnation = incarnation + 1 WHERE id = 'node-1'");
        await Scalar("UPDATE shard SET epoch = epoch + 1");

        await Until(() => Owned(store) == 0);
        Assert.False(store.Ownership.MayOriginate);
        Assert.Equal(AppendStatus.Fenced, (await store.Append(append)).Status);
    }

    [Fact]
    public async Task Endpoints_are_announced()
    {
        await using var store = await OpenedFixture.Open(
            _options with { Endpoints = [new("sip", "udp", "0.0.0.0:5060", "203.0.113.9:5060", "public"), new("sip", "udp", "[::]:5060", "[2001:db8::9]:5060", "public")] });
        Assert.Equal(2L, await Scalar("SELECT count(*) FROM endpoint WHERE node = 'node-1' AND advertise LIKE '%9%:5060'"));
    }

    /// <summary>A node that ran as incarnation 7, owned everything and stopped without a word.</summary>
    async Task Pretend(string node, string leaseLeft)
    {
        await Scalar($"INSERT INTO node (id, incarnation, level, expires_at) VALUES ('{node}', 7, 1, clock_timestamp() + interval '{leaseLeft}')");
        await Scalar($"UPDATE shard SET owner = '{node}', epoch = 4294967298");
    }

    async Task<object?> Scalar(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    async Task Until(string sql)
    {
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await Scalar(sql) is not true) guard.Token.ThrowIfCancellationRequested();
    }

    Task Until(Func<bool> condition) => Task.Run(async () =>
    {
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Scalar("SELECT 1");
            guard.Token.ThrowIfCancellationRequested();
        }
    });

    static int Owned(IStore store) => Enumerable.Range(0, Shards.Count).Count(shard => store.Ownership.EpochOf(shard) is not null);

    static Append Append(IStore store, EntityId call) =>
        new(call.PersistenceId, call.Shard, store.Ownership.EpochOf(call.Shard)!.Value, [Samples.Event(1)], []);
}

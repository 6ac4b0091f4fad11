using Npgsql;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Storage.Keys;
using TeleCube.Storage.Leases;
using TeleCube.Storage.Postgres;
using TeleCube.Storage.ReadModels;
using TeleCube.Storage.Tests.Fixtures;
using TeleCube.Storage.Tests.Specs;

namespace TeleCube.Storage.Tests.Postgres;

public sealed class PostgresStoreTests : IAsyncLifetime
{
    StoreOptions _options = null!;
    NpgsqlDataSource _database = null!;

    public async Task InitializeAsync()
    {
        // Longer than any test: the lease's own tests are elsewhere.
        _options = await PostgresServer.NewDatabase() with { LeaseTtl = TimeSpan.FromSeconds(30), ProbeInterval = TimeSpan.FromMilliseconds(20) };
        _database = NpgsqlDataSource.Create(_options.ConnectionString);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Rows_of_a_lost_shard_are_left_out_and_the_others_commit()
    {
        await using var store = await OpenedFixture.Open(_options);
        var lost = Samples.NewCall();
        var kept = Enumerable.Range(0, 1000).Select(_ => Samples.NewCall()).First(call => call.Shard != lost.Shard);

        await Execute($"UPDATE shard SET owner = 'node-2', epoch = epoch + 1 WHERE number = {lost.Shard}");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => store.Append(Append(store, i % 2 == 0 ? lost : kept, i % 2 == 0 ? 1 : 1 + i / 2))));

        Assert.All(outcomes.Where((_, i) => i % 2 == 0), outcome => Assert.Equal(AppendStatus.Fenced, outcome.Status));
        Assert.All(outcomes.Where((_, i) => i % 2 == 1), outcome => Assert.Equal(AppendOutcome.Committed, outcome));
    }

    [Fact]
    public async Task Whether_a_change_of_bindings_was_written_can_be_read_back()
    {
        await using (await OpenedFixture.Open(_options)) { }
        var lease = new NodeLease(_options, TimeProvider.System);
        await using (var connection = await _database.OpenConnectionAsync()) await lease.Acquire(connection, CancellationToken.None);
        await using var committer = new PostgresCommitter(
            NpgsqlDataSource.Create(_options.ConnectionString), _options, new ReadModelCatalog([]), lease, new DirectoryCache(_options, TimeProvider.System));
        await committer.Reconnect(CancellationToken.None);
        await BindingsSpec.CanBeReadBack(committer);
    }

    [Fact]
    public async Task A_writer_that_has_written_nothing_yet_can_be_asked_whether_the_database_is_there()
    {
        await using (await OpenedFixture.Open(_options)) { }
        var lease = new NodeLease(_options, TimeProvider.System);
        await using (var connection = await _database.OpenConnectionAsync()) await lease.Acquire(connection, CancellationToken.None);
        await using var committer = new PostgresCommitter(
            NpgsqlDataSource.Create(_options.ConnectionString), _options, new ReadModelCatalog([]), lease, new DirectoryCache(_options, TimeProvider.System));

        await committer.Probe(CancellationToken.None);

        await using var command = _database.CreateCommand("SELECT count(*) FROM probe");
        Assert.Equal(1L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_take_over_waits_for_an_append_or_the_append_sees_it()
    {
        await using var store = await OpenedFixture.Open(_options);
        var call = Samples.NewCall();
        await using var connection = await _database.OpenConnectionAsync();
        await using var takeOver = await connection.BeginTransactionAsync();
        await Execute(connection, $"UPDATE shard SET owner = 'node-2', epoch = epoch + 1 WHERE number = {call.Shard}");

        var append = store.Append(Append(store, call, 1)); // waits for the row
        await WaitForLock();
        await takeOver.CommitAsync();

        Assert.Equal(AppendStatus.Fenced, (await append).Status);
    }

    [Fact]
    public async Task A_writer_whose_session_is_cut_off_again_and_again_loses_and_repeats_nothing()
    {
        await using var store = await OpenedFixture.Open(_options);
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 20).Select(_ => AppendUntil(store, Samples.NewCall(), stop.Token)).ToList();

        for (var i = 0; i < 10; i++)
            await Execute("SELECT pg_terminate_backend(pid), pg_sleep(0.05) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'WITH %' AND pid <> pg_backend_pid()");
        await stop.CancelAsync();

        foreach (var (call, appended) in await Task.WhenAll(writers))
        {
            Assert.True(appended > 0);
            Assert.Equal(Enumerable.Range(1, appended).Select(nr => (long)nr), (await store.Events(call)).Select(e => e.SequenceNr));
        }
    }

    [Fact]
    public async Task A_database_that_turns_read_only_is_unavailable_until_it_takes_writes_again()
    {
        var logger = new SignalLogger();
        await using var store = await Store.Open(_options, [Samples.Calls], TimeProvider.System, logger);
        var (call, back, gone) = (Samples.NewCall(), logger.Next("takes writes again"), logger.Next("read-only"));
        var name = new NpgsqlConnectionStringBuilder(_options.ConnectionString).Database;

        await Execute($"ALTER DATABASE {name} SET default_transaction_read_only = on");
        await CutOff();
        Assert.Equal(AppendStatus.Unavailable, (await store.Append(Append(store, call, 1)).WaitAsync(TimeSpan.FromSeconds(20))).Status);
        await gone;
        Assert.Contains("read-only", store.Health.Reason, StringComparison.Ordinal);

        await using (var connection = await _database.OpenConnectionAsync())
        {
            await Execute(connection, "SET default_transaction_read_only = off");
            await Execute(connection, $"ALTER DATABASE {name} RESET default_transaction_read_only");
        }

        await back;
        Assert.Equal(AppendOutcome.Committed, await store.Append(Append(store, call, 1)));
    }

    [Fact]
    public async Task A_call_of_any_day_finds_its_partition()
    {
        await using var store = await OpenedFixture.Open(_options);
        var call = Samples.NewCall();
        var append = Append(store, call, 1);

        Assert.Equal(AppendOutcome.Committed, await store.Append(append with { Events = [append.Events[0] with { At = new(2031, 5, 17, 1, 2, 3, TimeSpan.Zero) }] }));

        await using var command = _database.CreateCommand("SELECT tableoid::regclass::text FROM journal");
        Assert.Equal("journal_20310517", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Partitions_are_made_ahead()
    {
        await using var store = await OpenedFixture.Open(_options);
        var last = DateTime.UtcNow.Date.AddDays(_options.CallPartitionsAhead);
        await using var command = _database.CreateCommand($"SELECT count(*) FROM pg_class WHERE relname IN ('journal_{DateTime.UtcNow:yyyyMMdd}', 'journal_{last:yyyyMMdd}')");
        Assert.Equal(2L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Old_days_are_dropped_however_long_somebody_reads_them()
    {
        // With this our own client would give up a statement after two seconds.
        await using var store = await OpenedFixture.Open(_options with { StatementTimeout = TimeSpan.FromMilliseconds(500) });
        var append = Append(store, Samples.NewCall(), 1);
        await store.Append(append with { Events = [append.Events[0] with { At = new(2021, 5, 17, 1, 2, 3, TimeSpan.Zero) }] });
        await using var connection = await _database.OpenConnectionAsync();
        await Execute(connection, "BEGIN; SELECT count(*) FROM journal");

        var dropped = store.DropStreamsBefore(new(2022, 1, 1), new(2022, 1, 1)); // waits for the reader, who has the database itself wait
        await Execute(connection, "SELECT pg_sleep(4); COMMIT");

        await dropped;
        await using var command = _database.CreateCommand("SELECT to_regclass('journal_20210517') IS NULL");
        Assert.Equal(true, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task An_event_that_is_no_json_fails_alone()
    {
        await using var store = await OpenedFixture.Open(_options);
        var (good, bad) = (Samples.NewCall(), Samples.NewCall());
        var poison = Append(store, bad, 1);

        var failing = store.Append(poison with { Events = [Samples.Event(1, "{")] });
        var others = await Task.WhenAll(Enumerable.Range(1, 10).Select(nr => store.Append(Append(store, good, nr))));

        Assert.Equal(AppendStatus.Faulty, (await failing).Status);
        Assert.All(others, outcome => Assert.Equal(AppendOutcome.Committed, outcome));
    }

    [Fact]
    public async Task The_database_being_absent_is_said_clearly()
    {
        var options = _options with { ConnectionString = "Host=127.0.0.1;Port=1;Username=postgres;Database=none" };
        var refusal = await Assert.ThrowsAsync<StoreStartException>(() => OpenedFixture.Open(options));
        Assert.Contains("the PostgreSQL database can't be opened", refusal.Message, StringComparison.Ordinal);
    }

    static async Task<(EntityId Call, int Appended)> AppendUntil(IStore store, EntityId call, CancellationToken stop)
    {
        var appended = 0;
        while (!stop.IsCancellationRequested)
        {
            var outcome = await store.Append(Append(store, call, appended + 1));
            if (outcome.Status == AppendStatus.Committed) appended++;
            else Assert.Equal(AppendStatus.Unavailable, outcome.Status);
        }

        return (call, appended);
    }

    /// <summary>Ends the sessions of the store, as a failing network or a restart of the server does.</summary>
    Task CutOff() => Execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'telecube%'");

    async Task WaitForLock()
    {
        await using var connection = await _database.OpenConnectionAsync();
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await using var command = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'WITH %')", connection);
        while (await command.ExecuteScalarAsync(guard.Token) is not true) { }
    }

    async Task Execute(string sql)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await Execute(connection, sql);
    }

    static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    static Append Append(IStore store, EntityId call, long nr) =>
        new(call.PersistenceId, call.Shard, store.Ownership.EpochOf(call.Shard)!.Value, [Samples.Event(nr)], []);
}

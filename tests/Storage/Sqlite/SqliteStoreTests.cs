using Microsoft.Data.Sqlite;
using TeleCube.Kernel.Persistence;
using TeleCube.Storage.Keys;
using TeleCube.Storage.ReadModels;
using TeleCube.Storage.Sqlite;
using TeleCube.Storage.Tests.Fixtures;
using TeleCube.Storage.Tests.Specs;
using TeleCube.Tests.Support;

namespace TeleCube.Storage.Tests.Sqlite;

public sealed class SqliteStoreTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_process_on_the_file_is_refused()
    {
        await using var first = await OpenedFixture.Open(Options());

        var refusal = await Assert.ThrowsAsync<StoreStartException>(() => OpenedFixture.Open(Options()));

        Assert.Contains($"another telecube (process {Environment.ProcessId}) uses it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_is_there_after_a_restart_and_earlier_epochs_are_fenced()
    {
        var call = Samples.NewCall();
        Append second;
        await using (var before = await OpenedFixture.Open(Options()))
        {
            Assert.Equal(AppendOutcome.Committed, await before.Append(Append(before, call, 1)));
            second = Append(before, call, 2);
        }

        await using var after = await OpenedFixture.Open(Options());
        Assert.Single(await after.Events(call));
        Assert.Equal(AppendStatus.Fenced, (await after.Append(second)).Status);
        Assert.Equal(AppendOutcome.Committed, await after.Append(Append(after, call, 2)));
    }

    [Fact]
    public async Task Owns_every_shard_until_it_is_closed()
    {
        var store = await OpenedFixture.Open(Options());
        Assert.True(store.Ownership.MayOriginate);
        Assert.All(Enumerable.Range(0, 128), shard => Assert.NotNull(store.Ownership.EpochOf(shard)));
        Assert.Null(store.Ownership.EpochOf(128));

        await store.DisposeAsync();

        Assert.False(store.Ownership.MayOriginate);
        Assert.Null(store.Ownership.EpochOf(0));
        Assert.Equal(AppendStatus.Unavailable, (await store.Append(new("call/t/c", 0, 1, [Samples.Event(1)], []))).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_newest_rows_of_one_tenant_or_of_all_are_found_without_reading_the_others(bool one)
    {
        var log = new ReadModel("log", [new("at", ColumnKind.Time, Indexed: true, AcrossTenants: true), new("actor", ColumnKind.Text, Indexed: true)]);
        await using (await OpenedFixture.Open(Options(), log)) { }

        var query = new ReadModelQuery("log", one ? Samples.NewTenant() : null, [new("at", FilterOperator.AtLeast, Samples.Noon)], "at", Ascending: false, 10, null);
        var plan = Plan(ReadModelSql.For(new ReadModelTable(log, 0), query, i => $"?{i + 1}").Text);

        Assert.Contains(one ? "USING INDEX rm_log_at (tenant=? AND at>?)" : "USING INDEX rm_log_at_all (at>?)", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal); // that is: it sorts all that it finds
    }

    [Fact]
    public async Task Whether_a_change_of_bindings_was_written_can_be_read_back()
    {
        await using (await OpenedFixture.Open(Options())) { }
        await using var committer = new SqliteCommitter(Options(), new SqliteOwnership(), new DirectoryCache(Options(), TimeProvider.System));
        await BindingsSpec.CanBeReadBack(committer);
    }

    [Fact]
    public async Task A_clean_stop_leaves_nothing_in_the_write_ahead_log()
    {
        await using (var store = await OpenedFixture.Open(Options())) await store.Append(Append(store, Samples.NewCall(), 1));
        Assert.Equal(0, new FileInfo(Options().Path + "-wal") is { Exists: true } wal ? wal.Length : 0);
    }

    [Fact]
    public async Task A_schema_that_has_moved_on_too_far_stops_the_start()
    {
        await using (await OpenedFixture.Open(Options())) { }
        using (var connection = new SqliteConnection($"Data Source={Options().Path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO schema_step VALUES (7, 'the future', 7, 0)";
            command.ExecuteNonQuery();
        }

        var refusal = await Assert.ThrowsAsync<StoreStartException>(() => OpenedFixture.Open(Options()));
        Assert.Contains("needs a newer telecube", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_stops_the_start()
    {
        _folder.Write("telecube.db", new string('x', 10_000));
        var refusal = await Assert.ThrowsAsync<StoreStartException>(() => OpenedFixture.Open(Options()));
        Assert.Contains(Options().Path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_refuses_quickly_loses_nothing_and_recovers_by_itself()
    {
        var logger = new SignalLogger();
        var options = Options() with { MaxFileBytes = 1_000_000, ProbeInterval = TimeSpan.FromMilliseconds(10) };
        await using var store = await Store.Open(options, [Samples.Calls], TimeProvider.System, logger);
        var call = Samples.NewCall();
        var full = logger.Next("the disk is full");

        var kept = 0;
        AppendOutcome last;
        do last = await store.Append(Append(store, call, kept + 1, 20_000));
        while (last.Status == AppendStatus.Committed && ++kept < 1000);

        Assert.Equal(new(AppendStatus.Unavailable, "the disk is full"), last);
        await full;
        Assert.InRange(kept, 1, 50);
        Assert.Equal(kept, (await store.Events(call)).Count);
        var refused = await store.Append(Append(store, Samples.NewCall(), 1));
        Assert.Equal((AppendStatus.Unavailable, false), (refused.Status, store.Health.IsOk));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Write([new StoreWrite.Delete("calls", call.Tenant, "x")]));

        // Room again: the old call is dropped.
        var back = logger.Next("takes writes again");
        await store.DropStreamsBefore(DateOnly.MaxValue, DateOnly.MaxValue);
        await back;
        Assert.Equal(AppendOutcome.Committed, await store.Append(Append(store, Samples.NewCall(), 1)));
        Assert.True(store.Health.IsOk);
    }

    string Plan(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Options().Path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
        for (var i = 1; i <= 2; i++) command.Parameters.AddWithValue($"?{i}", 0);
        using var rows = command.ExecuteReader();
        var plan = new List<string>();
        while (rows.Read()) plan.Add(rows.GetString(3));
        return string.Join('\n', plan);
    }

    StoreOptions Options() => new() { Path = _folder["telecube.db"] };

    static Append Append(IStore store, Kernel.Sharding.EntityId call, long nr, int bytes = 10) => new(
        call.PersistenceId, call.Shard, store.Ownership.EpochOf(call.Shard)!.Value, [Samples.Event(nr, $"\"{new string('x', bytes)}\"")], []);
}

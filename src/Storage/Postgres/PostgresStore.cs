using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Npgsql;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Storage.Groups;
using TeleCube.Storage.Keys;
using TeleCube.Storage.Leases;
using TeleCube.Storage.Postgres.Sections;
using TeleCube.Storage.ReadModels;

namespace TeleCube.Storage.Postgres;

/// <summary>The store of a cluster: one PostgreSQL database, fenced by leases and epochs.</summary>
sealed class PostgresStore : IStore
{
    const int EventsPerRead = 500;
    const int FeedEventsPerDrop = 1000;
    readonly StoreOptions _options;
    readonly TimeProvider _time;
    readonly ReadModelCatalog _catalog;
    readonly DirectoryCache _cache;
    readonly HealthMonitor _health;
    readonly ShardOwnership _ownership;
    readonly LeaseKeeper _keeper;
    readonly PostgresReaders _readers;
    readonly NpgsqlDataSource _reading, _keeping;
    readonly PostgresCommitter _committer;
    readonly GroupCommitWriter _writer;
    readonly WriteIntake _intake;
    readonly FeedBell _bell = new();
    int _closed;

    PostgresStore(StoreOptions options, ReadModelCatalog catalog, TimeProvider time, ILogger logger)
    {
        (_options, _catalog, _time) = (options, catalog, time);
        (_reading, _keeping) = (PostgresConnections.ForReading(options), PostgresConnections.ForWriting(options));
        var lease = new NodeLease(options, time);
        _ownership = new ShardOwnership(options, lease, time);
        _keeper = new LeaseKeeper(_keeping, options, lease, _ownership, time, logger);
        _cache = new DirectoryCache(options, time);
        _health = new HealthMonitor(time, logger);
        _readers = new PostgresReaders(_reading);
        _committer = new PostgresCommitter(PostgresConnections.ForWriting(options), options, catalog, lease, _cache);
        _writer = new GroupCommitWriter(_committer, options, time, _health, _bell);
        _intake = new WriteIntake(_writer, catalog);
    }

    public StoreHealth Health => _health.Now;

    public TimeSpan Lag => _writer.Lag;

    public IShardOwnership Ownership => _ownership;

    static PostgresStore Create(StoreOptions options, ReadModelCatalog catalog, TimeProvider time, ILogger logger)
    {
        try
        {
            return new(options, catalog, time, logger);
        }
        catch (ArgumentException fault)
        {
            throw new StoreStartException(
                $"storage.connection-string is not one that Npgsql can read ({fault.Message}); "
                + "write \"Host=db;Database=telecube;Username=telecube;Password=…\"", fault);
        }
    }

    public static async Task<IStore> Open(StoreOptions options, ReadModelCatalog catalog, TimeProvider time, ILogger logger, CancellationToken stop)
    {
        var store = Create(options, catalog, time, logger);
        try
        {
            await store.Start(stop);
            return store;
        }
        catch (Exception fault) when (fault is not StoreStartException && (fault is PostgresException || PostgresFault.Of(fault) is not null))
        {
            await store.DisposeAsync();
            throw new StoreStartException($"the PostgreSQL database can't be opened: {fault.Message}", fault);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public Task<AppendOutcome> Append(Append append) => _intake.Append(append);

    public async IAsyncEnumerable<StoredEvent> Read(
        string persistenceId, long fromSequenceNr, [EnumeratorCancellation] CancellationToken stop = default)
    {
        var from = fromSequenceNr;
        List<StoredEvent> page;
        do
        {
            page = await _readers.Read(
                """
                SELECT event_id, sequence_nr, type, version, payload, at FROM journal
                WHERE persistence_id = $1 AND sequence_nr >= $2 AND day = (SELECT day FROM stream WHERE persistence_id = $1)
                ORDER BY sequence_nr LIMIT $3
                """, Event, stop, persistenceId, from, EventsPerRead);
            foreach (var stored in page) yield return stored;
            if (page.Count > 0) from = page[^1].SequenceNr + 1;
        }
        while (page.Count == EventsPerRead);
    }

    public async Task<StoredSnapshot?> LoadSnapshot(string persistenceId, CancellationToken stop = default)
    {
        var found = await _readers.Read(
            "SELECT sequence_nr, type, version, payload FROM snapshot WHERE persistence_id = $1",
            row => new StoredSnapshot(row.GetInt64(0), row.GetString(1), row.GetInt32(2), row.GetFieldValue<byte[]>(3)), stop, persistenceId);
        return found is [var snapshot] ? snapshot : null;
    }

    public Task SaveSnapshot(string persistenceId, StoredSnapshot snapshot, CancellationToken stop = default) =>
        _intake.SaveSnapshot(persistenceId, snapshot, stop);

    public ValueTask<TenantId?> Find(string kind, string key, CancellationToken stop = default) =>
        _cache.TryGet(kind, key, out var known) ? new(known) : new(Look(kind, key, stop));

    public async IAsyncEnumerable<EntityId> Remembered(int shard, [EnumeratorCancellation] CancellationToken stop = default)
    {
        foreach (var entity in await _readers.Read(
            "SELECT kind, tenant, id FROM remembered WHERE shard = $1 ORDER BY kind, tenant, id",
            row => new EntityId(row.GetString(0), new TenantId(row.GetString(1)), row.GetString(2)), stop, shard))
            yield return entity;
    }

    public async Task<ReadModelRow?> Get(string model, TenantId tenant, string id, CancellationToken stop = default)
    {
        var found = await _readers.Read(
            $"SELECT json::text FROM {_catalog.Table(model).QuotedName} WHERE tenant = $1 AND id = $2", row => row.GetString(0), stop, tenant.Value, id);
        return found is [var json] ? new ReadModelRow(tenant, id, json) : null;
    }

    public async Task<ReadModelPage> Query(ReadModelQuery query, CancellationToken stop = default)
    {
        var sql = ReadModelSql.For(_catalog.Table(query.Model), query, at => $"${at + 1}");
        object[] values = [.. sql.Parameters.Select(value => value is DateTimeOffset at ? at.UtcDateTime : value)];
        var rows = await _readers.Read(sql.Text, Row, stop, values);
        return ReadModelCursor.Page(rows, query.Limit);
    }

    public Task Write(IReadOnlyList<StoreWrite> writes, CancellationToken stop = default) => _intake.Write(writes, stop);

    public Task Change(
        IReadOnlyList<RegistrationRow> upserts, IReadOnlyList<RegistrationKey> removals, IReadOnlyList<StoreWrite.Publish> told,
        CancellationToken stop = default) =>
        _intake.Change(upserts, removals, told, stop);

    public async Task<IReadOnlyList<RegistrationRow>> Load(TenantId tenant, string extension, CancellationToken stop = default) =>
        await _readers.Read(
            $"""
            SELECT {BindingSection.Columns} FROM registration
            WHERE tenant = $1 AND extension = $2 AND expires_at > $3 ORDER BY registered_at, contact
            """, PostgresBinding.Read, stop, tenant.Value, extension, _time.GetUtcNow().UtcDateTime);

    public async Task<IReadOnlyList<RegistrationRow>> LoadAll(TenantId tenant, CancellationToken stop = default) =>
        await _readers.Read(
            $"SELECT {BindingSection.Columns} FROM registration WHERE tenant = $1 AND expires_at > $2 ORDER BY extension, registered_at, contact",
            PostgresBinding.Read, stop, tenant.Value, _time.GetUtcNow().UtcDateTime);

    public async Task<IReadOnlyList<FeedEvent>> ReadFeed(TenantId tenant, long after, int limit, CancellationToken stop = default) =>
        await _readers.Read(
            "SELECT nr, type, at, json FROM feed WHERE tenant = $1 AND nr > $2 ORDER BY nr LIMIT $3",
            row => new FeedEvent(row.GetInt64(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3)), stop, tenant.Value, after, limit);

    public async Task<FeedRange> RangeOf(TenantId tenant, CancellationToken stop = default)
    {
        var found = await _readers.Read(
            "SELECT coalesce((SELECT min(nr) FROM feed WHERE tenant = $1), last + 1), last FROM feed_head WHERE tenant = $1",
            row => new FeedRange(row.GetInt64(0), row.GetInt64(1)), stop, tenant.Value);
        return found is [var range] ? range : new FeedRange(1, 0);
    }

    public Task<bool> NextOf(TenantId tenant) => _bell.Next(tenant);

    public async Task<long> DropFeedBefore(DateTimeOffset before, CancellationToken stop = default)
    {
        long dropped = 0;
        foreach (var tenant in await _readers.Read("SELECT tenant FROM feed_head", row => row.GetString(0), stop))
        {
            int some;
            do
            {
                // A little at a time: no statement may last longer than storage.statement-timeout.
                some = (await _readers.Read(
                    """
                    DELETE FROM feed WHERE tenant = $1 AND nr <= (
                        SELECT max(nr) FROM (SELECT nr, at FROM feed WHERE tenant = $1 ORDER BY nr LIMIT $3) oldest WHERE at < $2)
                    RETURNING nr
                    """, row => row.GetInt64(0), stop, tenant, before.UtcDateTime, FeedEventsPerDrop)).Count;
                dropped += some;
            }
            while (some == FeedEventsPerDrop);
        }

        return dropped;
    }

    public async Task<IReadOnlyList<RegistrationRow>> LoadExpired(DateTimeOffset now, CancellationToken stop = default) =>
        await _readers.Read($"SELECT {BindingSection.Columns} FROM registration WHERE expires_at <= $1", PostgresBinding.Read, stop, now.UtcDateTime);

    public async Task<IReadOnlyList<RegistrationRow>> Expire(DateTimeOffset now, CancellationToken stop = default) =>
        await _readers.Read(
            $"DELETE FROM registration WHERE expires_at <= $1 RETURNING {BindingSection.Columns}", PostgresBinding.Read, stop, now.UtcDateTime);

    public async Task<long> DropStreamsBefore(DateOnly calls, DateOnly sms, CancellationToken stop = default)
    {
        await PostgresPartitions.EnsureAhead(_reading, Today(), _options.CallPartitionsAhead, stop);
        return await PostgresPartitions.DropStreamsBefore(_reading, calls, sms, stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 1) return;
        _bell.Close();
        await _writer.DisposeAsync();
        await _keeper.DisposeAsync();
        await _readers.DisposeAsync();
        await _keeping.DisposeAsync();
    }

    async Task Start(CancellationToken stop)
    {
        await PostgresSchema.Migrate(_keeping, _catalog, stop);
        await PostgresPartitions.EnsureAhead(_keeping, Today(), _options.CallPartitionsAhead, stop);
        await _keeper.Start(stop);
        await _committer.Reconnect(stop);
    }

    async Task<TenantId?> Look(string kind, string key, CancellationToken stop)
    {
        var before = _cache.Changes;
        var found = await _readers.Read(
            "SELECT tenant FROM directory WHERE kind = $1 AND key = $2", row => new TenantId(row.GetString(0)), stop, kind, key);
        TenantId? holder = found is [var tenant] ? tenant : null;
        _cache.Keep(kind, key, holder, before);
        return holder;
    }

    DateOnly Today() => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

    static StoredEvent Event(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetInt64(1), row.GetString(2), row.GetInt32(3), row.GetFieldValue<byte[]>(4), row.GetFieldValue<DateTimeOffset>(5));

    static (ReadModelRow, string?) Row(NpgsqlDataReader row) => (
        new ReadModelRow(new TenantId(row.GetString(0)), row.GetString(1), row.GetString(2)),
        row.IsDBNull(3) ? null : ColumnValue.ToText(row.GetValue(3) is DateTime time ? new DateTimeOffset(time) : row.GetValue(3)));
}

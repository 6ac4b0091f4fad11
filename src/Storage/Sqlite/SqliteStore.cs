using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Storage.Groups;
using TeleCube.Storage.Keys;
using TeleCube.Storage.ReadModels;

namespace TeleCube.Storage.Sqlite;

/// <summary>The store of one machine: an embedded file in WAL mode with an fsync per group, locked against a second process.</summary>
sealed class SqliteStore : IStore
{
    const int EventsPerRead = 500;
    readonly TimeProvider _time;
    readonly SqliteFileLock _lock;
    readonly SqliteOwnership _ownership = new();
    readonly ReadModelCatalog _catalog;
    readonly DirectoryCache _cache;
    readonly HealthMonitor _health;
    readonly SqliteCommitter _committer;
    readonly SqliteReaders _readers;
    readonly GroupCommitWriter _writer;
    readonly WriteIntake _intake;
    readonly FeedBell _bell = new();
    int _closed;

    SqliteStore(StoreOptions options, ReadModelCatalog catalog, TimeProvider time, ILogger logger, SqliteFileLock fileLock)
    {
        (_catalog, _time, _lock) = (catalog, time, fileLock);
        _cache = new DirectoryCache(options, time);
        _health = new HealthMonitor(time, logger);
        _committer = new SqliteCommitter(options, _ownership, _cache);
        _readers = new SqliteReaders(options);
        _writer = new GroupCommitWriter(_committer, options, time, _health, _bell);
        _intake = new WriteIntake(_writer, catalog);
    }

    public StoreHealth Health => _health.Now;

    public TimeSpan Lag => _writer.Lag;

    public IShardOwnership Ownership => _ownership;

    public static async Task<IStore> Open(StoreOptions options, ReadModelCatalog catalog, TimeProvider time, ILogger logger)
    {
        options = options with { Path = Path.GetFullPath(options.Path) };
        var store = new SqliteStore(options, catalog, time, logger, SqliteFileLock.Take(options.Path));
        try
        {
            await store.Start(options);
            return store;
        }
        catch (Exception fault) when (fault is SqliteException or StoreFaultException)
        {
            await store.DisposeAsync();
            throw new StoreStartException($"{options.Path} can't be opened: {fault.Message}", fault);
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
        // In pages: a long stream neither fills the memory nor keeps a read transaction open, which would hold up the checkpoint.
        var from = fromSequenceNr;
        List<StoredEvent> page;
        do
        {
            stop.ThrowIfCancellationRequested();
            page = _readers.Read(
                """
                SELECT event_id, sequence_nr, type, version, payload, at FROM journal
                WHERE persistence_id = ?1 AND sequence_nr >= ?2 ORDER BY sequence_nr LIMIT ?3
                """, Event, persistenceId, from, EventsPerRead);
            foreach (var stored in page) yield return stored;
            if (page.Count > 0) from = page[^1].SequenceNr + 1;
        }
        while (page.Count == EventsPerRead);
    }

    public Task<StoredSnapshot?> LoadSnapshot(string persistenceId, CancellationToken stop = default)
    {
        var found = _readers.Read(
            "SELECT sequence_nr, type, version, payload FROM snapshot WHERE persistence_id = ?1",
            row => new StoredSnapshot(row.LongAt(0), row.TextAt(1), row.IntAt(2), row.BytesAt(3)), persistenceId);
        return Task.FromResult(found is [var snapshot] ? snapshot : null);
    }

    public Task SaveSnapshot(string persistenceId, StoredSnapshot snapshot, CancellationToken stop = default) =>
        _intake.SaveSnapshot(persistenceId, snapshot, stop);

    public ValueTask<TenantId?> Find(string kind, string key, CancellationToken stop = default)
    {
        if (_cache.TryGet(kind, key, out var known)) return new(known);
        var before = _cache.Changes;
        var found = _readers.Read("SELECT tenant FROM directory WHERE kind = ?1 AND key = ?2", row => new TenantId(row.TextAt(0)), kind, key);
        TenantId? holder = found is [var tenant] ? tenant : null;
        _cache.Keep(kind, key, holder, before);
        return new(holder);
    }

    public async IAsyncEnumerable<EntityId> Remembered(int shard, [EnumeratorCancellation] CancellationToken stop = default)
    {
        await Task.CompletedTask;
        foreach (var entity in _readers.Read(
            "SELECT kind, tenant, id FROM remembered WHERE shard = ?1 ORDER BY kind, tenant, id",
            row => new EntityId(row.TextAt(0), new TenantId(row.TextAt(1)), row.TextAt(2)), shard))
        {
            stop.ThrowIfCancellationRequested();
            yield return entity;
        }
    }

    public Task<ReadModelRow?> Get(string model, TenantId tenant, string id, CancellationToken stop = default)
    {
        var found = _readers.Read(
            $"SELECT json FROM {_catalog.Table(model).QuotedName} WHERE tenant = ?1 AND id = ?2", row => row.TextAt(0), tenant.Value, id);
        return Task.FromResult(found is [var json] ? new ReadModelRow(tenant, id, json) : null);
    }

    public Task<ReadModelPage> Query(ReadModelQuery query, CancellationToken stop = default)
    {
        var sql = ReadModelSql.For(_catalog.Table(query.Model), query, at => $"?{at + 1}");
        var rows = _readers.Read(sql.Text, Row, [.. sql.Parameters]);
        return Task.FromResult(ReadModelCursor.Page(rows, query.Limit));
    }

    public Task Write(IReadOnlyList<StoreWrite> writes, CancellationToken stop = default) => _intake.Write(writes, stop);

    public Task Change(
        IReadOnlyList<RegistrationRow> upserts, IReadOnlyList<RegistrationKey> removals, IReadOnlyList<StoreWrite.Publish> told,
        CancellationToken stop = default) =>
        _intake.Change(upserts, removals, told, stop);

    public Task<IReadOnlyList<RegistrationRow>> Load(TenantId tenant, string extension, CancellationToken stop = default) =>
        Task.FromResult<IReadOnlyList<RegistrationRow>>(_readers.Read(
            $"""
            SELECT {SqliteBinding.Columns} FROM registration
            WHERE tenant = ?1 AND extension = ?2 AND expires_at > ?3 ORDER BY registered_at, contact
            """, SqliteBinding.Read, tenant.Value, extension, _time.GetUtcNow()));

    public Task<IReadOnlyList<RegistrationRow>> LoadAll(TenantId tenant, CancellationToken stop = default) =>
        Task.FromResult<IReadOnlyList<RegistrationRow>>(_readers.Read(
            $"SELECT {SqliteBinding.Columns} FROM registration WHERE tenant = ?1 AND expires_at > ?2 ORDER BY extension, registered_at, contact",
            SqliteBinding.Read, tenant.Value, _time.GetUtcNow()));

    public Task<IReadOnlyList<FeedEvent>> ReadFeed(TenantId tenant, long after, int limit, CancellationToken stop = default) =>
        Task.FromResult<IReadOnlyList<FeedEvent>>(_readers.Read(
            "SELECT nr, type, at, json FROM feed WHERE tenant = ?1 AND nr > ?2 ORDER BY nr LIMIT ?3",
            row => new FeedEvent(row.LongAt(0), row.TextAt(1), Microseconds.ToTime(row.LongAt(2)), row.TextAt(3)), tenant.Value, after, limit));

    public Task<FeedRange> RangeOf(TenantId tenant, CancellationToken stop = default)
    {
        var found = _readers.Read(
            "SELECT coalesce((SELECT min(nr) FROM feed WHERE tenant = ?1), last + 1), last FROM feed_head WHERE tenant = ?1",
            row => new FeedRange(row.LongAt(0), row.LongAt(1)), tenant.Value);
        return Task.FromResult(found is [var range] ? range : new FeedRange(1, 0));
    }

    public Task<bool> NextOf(TenantId tenant) => _bell.Next(tenant);

    public Task<long> DropFeedBefore(DateTimeOffset before, CancellationToken stop = default) => _committer.DropFeedBefore(before, stop);

    public Task<IReadOnlyList<RegistrationRow>> LoadExpired(DateTimeOffset now, CancellationToken stop = default) =>
        Task.FromResult<IReadOnlyList<RegistrationRow>>(_readers.Read(
            $"SELECT {SqliteBinding.Columns} FROM registration WHERE expires_at <= ?1", SqliteBinding.Read, now));

    public async Task<IReadOnlyList<RegistrationRow>> Expire(DateTimeOffset now, CancellationToken stop = default)
    {
        try
        {
            return await _committer.Run(session => session.Transaction(() => session.Rows.Expire.Read(SqliteBinding.Read, now)));
        }
        catch (StoreFaultException fault)
        {
            throw new StoreUnavailableException(fault.Message, fault);
        }
    }

    public Task<long> DropStreamsBefore(DateOnly calls, DateOnly sms, CancellationToken stop = default) => _committer.DropStreamsBefore(calls, sms, stop);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 1) return;
        _bell.Close();
        // Before the writer: the last connection to close empties the WAL into the file, and a reader may not.
        _readers.Dispose();
        await _writer.DisposeAsync();
        _ownership.Release();
        _lock.Dispose();
    }

    async Task Start(StoreOptions options)
    {
        var epochs = await _committer.Run(session =>
        {
            SqliteSchema.Declare(session.Connection, _catalog);
            return session.Transaction(() => SqliteTakeover.Take(session.Connection, options));
        });
        _ownership.Take(epochs);
    }

    static StoredEvent Event(SqliteStatement row) => new(
        row.GuidAt(0), row.LongAt(1), row.TextAt(2), row.IntAt(3), row.BytesAt(4), Microseconds.ToTime(row.LongAt(5)));

    static (ReadModelRow, string?) Row(SqliteStatement row) => (
        new ReadModelRow(new TenantId(row.TextAt(0)), row.TextAt(1), row.TextAt(2)),
        row.IsNull(3) ? null : Convert.ToString(row.ValueAt(3), CultureInfo.InvariantCulture));
}

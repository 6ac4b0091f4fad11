using Npgsql;
using TeleCube.Storage.Groups;

namespace TeleCube.Storage.Postgres;

/// <summary>
/// The writing session. A session lock, one per node, is what makes a commit's fate knowable: once a new session has it, the server has
/// finished with the old one, so what can't be read back now will never appear.
/// </summary>
sealed class PostgresSession : IAsyncDisposable
{
    const string LockKey = "hashtextextended('telecube writer ' || $1, 0)";
    readonly StoreOptions _options;
    readonly NpgsqlConnection _connection;

    PostgresSession(StoreOptions options, NpgsqlConnection connection)
    {
        (_options, _connection) = (options, connection);
        Group = connection.CreateCommand();
    }

    public NpgsqlConnection Connection => _connection;

    /// <summary>The command of a group's statement, kept for all groups.</summary>
    public NpgsqlCommand Group { get; }

    public bool IsOpen => _connection.FullState == System.Data.ConnectionState.Open;

    public static async Task<PostgresSession> Open(NpgsqlDataSource database, StoreOptions options, long incarnation, CancellationToken stop)
    {
        var session = new PostgresSession(options, await database.OpenConnectionAsync(stop));
        try
        {
            await session.Replace(incarnation, stop);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Proves that the server takes writes as large as a busy group's.</summary>
    public Task Probe(CancellationToken stop) => _connection.Execute(
        "INSERT INTO probe (node, filler) VALUES ($1, $2) ON CONFLICT (node) DO UPDATE SET filler = excluded.filler", stop, _options.NodeId, new byte[65536]);

    public async ValueTask DisposeAsync()
    {
        await Group.DisposeAsync();
        await _connection.DisposeAsync();
    }

    async Task Replace(long incarnation, CancellationToken stop)
    {
        if (await _connection.Scalar<long>("SELECT incarnation FROM node WHERE id = $1", stop, _options.NodeId) is var now && now != incarnation)
            throw new StoreFaultException(
                $"another process has become node {_options.NodeId}; this one must end", ambiguous: false, new InvalidOperationException());
        await _connection.Execute(
            $"""
            SELECT pg_terminate_backend(l.pid) FROM pg_locks l CROSS JOIN (SELECT {LockKey} AS key) k
            WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.pid <> pg_backend_pid()
                AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND l.classid::bigint = (k.key >> 32) & 4294967295 AND l.objid::bigint = k.key & 4294967295
            """, stop, _options.NodeId);
        await _connection.Execute($"SELECT pg_advisory_lock({LockKey})", stop, _options.NodeId);
    }
}

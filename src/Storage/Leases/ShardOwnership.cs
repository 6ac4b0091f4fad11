using Npgsql;
using TeleCube.Kernel.Sharding;
using TeleCube.Storage.Postgres;

namespace TeleCube.Storage.Leases;

/// <summary>The shards that this node owns on PostgreSQL, re-read with every renewal; free ones are claimed, a silent node's after a
/// time.</summary>
sealed class ShardOwnership(StoreOptions options, NodeLease lease, TimeProvider time) : IShardOwnership
{
    // An epoch begins with the database's timeline, so that epochs given out by a primary whose last writes were lost never come again.
    const string NextEpoch =
        "greatest(epoch + 1, (('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint << 32) + 1)";

    readonly Dictionary<string, (DateTime Expiry, long Since)> _silent = new(StringComparer.Ordinal);
    Dictionary<int, long> _epochs = [];

    public bool MayOriginate => lease.IsValid;

    public long? EpochOf(int shard) => Volatile.Read(ref _epochs).TryGetValue(shard, out var epoch) ? epoch : null;

    /// <summary>Claims what has no owner and what an earlier process of this node left; a new epoch shuts that one out.</summary>
    public async Task ClaimAtStart(NpgsqlConnection connection, CancellationToken stop)
    {
        await connection.Execute($"UPDATE shard SET owner = $1, epoch = {NextEpoch} WHERE owner IS NULL OR owner = $1", stop, options.NodeId);
        await Refresh(connection, stop);
    }

    /// <summary>After a renewal: reads what is owned, claims what is free, takes over from nodes that have been silent for long
    /// enough.</summary>
    public async Task Settle(NpgsqlConnection connection, CancellationToken stop)
    {
        await connection.Execute($"UPDATE shard SET owner = $1, epoch = {NextEpoch} WHERE owner IS NULL", stop, options.NodeId);
        foreach (var silent in await Silent(connection, stop)) await TakeOver(connection, silent, stop);
        await Refresh(connection, stop);
    }

    /// <summary>Whoever couldn't poll knows nothing about the silence of others: perhaps the database was away, and they come back
    /// first.</summary>
    public void ForgetSilence() => _silent.Clear();

    public void Drop() => Volatile.Write(ref _epochs, []);

    /// <summary>Owners whose lease has run out and hasn't changed while this node polled without failure for a TTL.</summary>
    async Task<List<string>> Silent(NpgsqlConnection connection, CancellationToken stop)
    {
        var expired = new Dictionary<string, DateTime>(StringComparer.Ordinal);
        await using (var command = connection.Command(
            """
            SELECT n.id, n.expires_at FROM node n
            WHERE n.id <> $1 AND n.expires_at < clock_timestamp() AND EXISTS (SELECT FROM shard s WHERE s.owner = n.id)
            """, options.NodeId))
        await using (var reader = await command.ExecuteReaderAsync(stop))
            while (await reader.ReadAsync(stop)) expired[reader.GetString(0)] = reader.GetFieldValue<DateTime>(1);

        foreach (var (node, seen) in _silent.ToArray())
            if (!expired.TryGetValue(node, out var expiry) || expiry != seen.Expiry) _silent.Remove(node);
        foreach (var (node, expiry) in expired) _silent.TryAdd(node, (expiry, time.GetTimestamp()));
        return [.. _silent.Where(entry => time.GetElapsedTime(entry.Value.Since) >= options.LeaseTtl).Select(entry => entry.Key)];
    }

    async Task TakeOver(NpgsqlConnection connection, string from, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        // Both rows are locked, in one order: neither the silent node's renewal nor the loss of this node's own lease can slip in between.
        var asExpected = await connection.Scalar<long>(
            """
            SELECT count(*) FROM (SELECT * FROM node WHERE id IN ($1, $2) ORDER BY id FOR UPDATE) n
            WHERE CASE WHEN id = $1 THEN incarnation = $3 AND expires_at > clock_timestamp() ELSE expires_at <= clock_timestamp() END
            """, stop, options.NodeId, from, lease.Incarnation);
        if (asExpected != 2) return;
        await connection.Execute($"UPDATE shard SET owner = $1, epoch = {NextEpoch} WHERE owner = $2", stop, options.NodeId, from);
        await transaction.CommitAsync(stop);
        _silent.Remove(from);
    }

    async Task Refresh(NpgsqlConnection connection, CancellationToken stop)
    {
        var epochs = new Dictionary<int, long>();
        await using var command = connection.Command("SELECT number, epoch FROM shard WHERE owner = $1", options.NodeId);
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) epochs[reader.GetInt32(0)] = reader.GetInt64(1);
        Volatile.Write(ref _epochs, epochs);
    }
}

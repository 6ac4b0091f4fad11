using Npgsql;
using TeleCube.Storage.Postgres;

namespace TeleCube.Storage.Leases;

/// <summary>A node's lease on PostgreSQL: an incarnation of its id, renewed on the database's clock.</summary>
sealed class NodeLease(StoreOptions options, TimeProvider time)
{
    long _deadline = long.MinValue;

    /// <summary>Which process of this id holds the lease; it grows with each start.</summary>
    public long Incarnation { get; private set; }

    /// <summary>True until the last successful renewal's start + TTL − margin, by this machine's monotonic clock.</summary>
    public bool IsValid => time.GetTimestamp() < Volatile.Read(ref _deadline);

    /// <summary>Takes the lease. A dead predecessor's is waited for; one that is renewed meanwhile belongs to a living process:
    /// refused.</summary>
    public async Task Acquire(NpgsqlConnection connection, CancellationToken stop)
    {
        DateTime? seen = null;
        while (true)
        {
            var started = time.GetTimestamp();
            var expiry = await TryAcquire(connection, stop);
            if (expiry is null)
            {
                Extend(started);
                return;
            }

            if (seen is { } before && expiry > before)
                throw new StoreStartException(
                    $"node {options.NodeId} is running already: its lease was renewed while this process waited for it. " +
                    "End that process, or give this one another node id");
            seen = expiry;
            await Task.Delay(options.LeaseRenewal, time, stop);
        }
    }

    /// <summary>False when another process has taken this node's id.</summary>
    public async Task<bool> Renew(NpgsqlConnection connection, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        var renewed = await connection.Execute(
            "UPDATE node SET expires_at = clock_timestamp() + $3 WHERE id = $1 AND incarnation = $2", stop,
            options.NodeId, Incarnation, options.LeaseTtl);
        if (renewed == 1) Extend(started);
        else Drop();
        return renewed == 1;
    }

    /// <summary>Gives the lease and the node's shards back.</summary>
    public async Task Release(NpgsqlConnection connection, CancellationToken stop)
    {
        Drop();
        await connection.Execute(
            """
            WITH mine AS (UPDATE node SET expires_at = clock_timestamp() WHERE id = $1 AND incarnation = $2 RETURNING id)
            UPDATE shard s SET owner = NULL FROM mine WHERE s.owner = mine.id
            """, stop, options.NodeId, Incarnation);
    }

    public void Drop() => Volatile.Write(ref _deadline, long.MinValue);

    /// <summary>Null when taken, else when the present holder's lease ends.</summary>
    async Task<DateTime?> TryAcquire(NpgsqlConnection connection, CancellationToken stop)
    {
        // One statement: of two processes that start at once, the second waits for the first's row and then finds its lease running.
        await using var command = connection.Command(
            """
            INSERT INTO node AS n (id, incarnation, level, expires_at) VALUES ($1, 1, $2, clock_timestamp() + $3)
            ON CONFLICT (id) DO UPDATE SET incarnation = n.incarnation + 1, level = $2, draining = false, expires_at = clock_timestamp() + $3
            WHERE n.expires_at <= clock_timestamp()
            RETURNING incarnation
            """, options.NodeId, options.Level, options.LeaseTtl);
        if (await command.ExecuteScalarAsync(stop) is long incarnation)
        {
            Incarnation = incarnation;
            return null;
        }

        return await connection.Scalar<DateTime>("SELECT expires_at FROM node WHERE id = $1", stop, options.NodeId);
    }

    void Extend(long started) =>
        Volatile.Write(ref _deadline, started + (long)((options.LeaseTtl - options.OriginateMargin).TotalSeconds * time.TimestampFrequency));
}

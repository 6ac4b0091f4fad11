using Microsoft.Extensions.Logging;
using Npgsql;
using TeleCube.Storage.Postgres;

namespace TeleCube.Storage.Leases;

/// <summary>Renews the lease once a second on a connection of its own, and keeps the ownership of shards up to date.</summary>
sealed class LeaseKeeper(
    NpgsqlDataSource database, StoreOptions options, NodeLease lease, ShardOwnership ownership, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    readonly CancellationTokenSource _stop = new();
    NpgsqlConnection? _connection;
    Task _loop = Task.CompletedTask;
    bool _failing;

    public async Task Start(CancellationToken stop)
    {
        _connection = await database.OpenConnectionAsync(stop);
        await lease.Acquire(_connection, stop);
        await Announce(_connection, stop);
        await ownership.ClaimAtStart(_connection, stop);
        _loop = Task.Run(Run, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        ownership.Drop();
        if (lease.Incarnation > 0) await TryRelease();
        if (_connection is { } connection) await connection.DisposeAsync();
        _stop.Dispose();
    }

    async Task Run()
    {
        using var tick = new PeriodicTimer(options.LeaseRenewal, time);
        try
        {
            while (await tick.WaitForNextTickAsync(_stop.Token))
                if (!await TryRenew()) return;
        }
        catch (OperationCanceledException)
        {
            // The clean stop.
        }
    }

    /// <summary>False when the lease is lost for good.</summary>
    async Task<bool> TryRenew()
    {
        try
        {
            var connection = await Connection();
            if (!await lease.Renew(connection, _stop.Token))
            {
                ownership.Drop();
                logger.LogCritical("another process has become node {Node}: this one owns nothing any more and must end", options.NodeId);
                return false;
            }

            await ownership.Settle(connection, _stop.Token);
            if (_failing) logger.LogInformation("the lease of node {Node} is renewed again", options.NodeId);
            _failing = false;
        }
        catch (Exception fault) when (!_stop.IsCancellationRequested)
        {
            ownership.ForgetSilence();
            if (!_failing) logger.LogWarning("the lease of node {Node} can't be renewed: {Reason}", options.NodeId, fault.Message);
            _failing = true;
            await Disconnect();
        }

        return true;
    }

    async Task<NpgsqlConnection> Connection() => _connection ??= await database.OpenConnectionAsync(_stop.Token);

    async Task Disconnect()
    {
        if (_connection is { } broken) await broken.DisposeAsync();
        _connection = null;
    }

    async Task Announce(NpgsqlConnection connection, CancellationToken stop)
    {
        await connection.Execute("DELETE FROM endpoint WHERE node = $1", stop, options.NodeId);
        foreach (var at in options.Endpoints)
            await connection.Execute(
                "INSERT INTO endpoint (node, purpose, transport, bind, advertise, network) VALUES ($1, $2, $3, $4, $5, $6)", stop,
                options.NodeId, at.Purpose, at.Transport, at.Bind, at.Advertise, at.Network);
    }

    async Task TryRelease()
    {
        try
        {
            // A cancelled renewal may have broken the old connection.
            await Disconnect();
            _connection = await database.OpenConnectionAsync(CancellationToken.None);
            await lease.Release(_connection, CancellationToken.None);
        }
        catch (Exception fault)
        {
            logger.LogWarning("the lease of node {Node} couldn't be given back, so it runs out by itself: {Reason}", options.NodeId, fault.Message);
        }
    }
}

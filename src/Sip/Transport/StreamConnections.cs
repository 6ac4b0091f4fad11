using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TeleCube.Sip.Transport;

/// <summary>All TCP and TLS connections: found by flow or by target, counted by source, swept once a second.</summary>
sealed class StreamConnections : IAsyncDisposable
{
    static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    readonly SocketTransportOptions _options;
    readonly TimeProvider _clock;
    readonly Action<TransportEvent> _core;
    readonly ITimer _sweep;
    readonly ConcurrentDictionary<FlowId, (StreamConnection Connection, Task Run)> _all = new();
    readonly ConcurrentDictionary<IPAddress, int> _perSource = new();
    readonly Dictionary<SipTarget, StreamConnection> _dialled = []; // guarded by itself
    long _lastId;
    volatile bool _closed;

    public StreamConnections(SocketTransportOptions options, TimeProvider clock, Action<TransportEvent> core)
    {
        (_options, _clock, _core) = (options, clock, core);
        // A number that an earlier incarnation gave to another peer must never come again: a journal may hold it.
        _lastId = clock.GetUtcNow().ToUnixTimeMilliseconds() << 20;
        _sweep = clock.CreateTimer(_ => Sweep(), null, SweepEvery, SweepEvery);
    }

    public int Count => _all.Count;

    public void Accept(Socket socket, SipEndpoint endpoint)
    {
        var source = ((IPEndPoint)socket.RemoteEndPoint!).Address;
        if (_closed || _all.Count >= _options.MaxConnections || !TryCount(source))
        {
            socket.Dispose();
            return;
        }
        var target = new SipTarget(endpoint.Transport, (IPEndPoint)socket.RemoteEndPoint);
        var connection = new StreamConnection(NextId(), target, _options, _clock, _core);
        Track(connection, () => connection.Serve(socket, endpoint), () => Uncount(source));
    }

    /// <summary>Null when the message is on its way, else why not.</summary>
    public string? Send(TransportOutbound message, SipEndpoint? endpoint)
    {
        if (_closed) return "closed";
        if (message.Target.Flow.IsConnection && _all.TryGetValue(message.Target.Flow, out var known) && known.Connection.TrySend(message)) return null;
        if (message.Target.FlowOnly) return "flow is gone";
        if (message.Target.Transport == TransportKind.Tls && _options.Tls is null) return "no TLS configured";
        if (message.Target.Transport is TransportKind.Ws or TransportKind.Wss) return "a WebSocket can't be opened from here";
        if (_all.Count >= _options.MaxConnections) return "too many connections";
        return DialledFor(message.Target, endpoint).TrySend(message) ? null : "connection lost";
    }

    public void Close(FlowId flow)
    {
        if (_all.TryGetValue(flow, out var known)) known.Connection.Close("closed here");
    }

    public async ValueTask DisposeAsync()
    {
        _closed = true;
        await _sweep.DisposeAsync().ConfigureAwait(false);
        var running = _all.Values.ToArray();
        foreach (var (connection, _) in running) connection.Close("shutting down");
        await Task.WhenAll(running.Select(each => each.Run)).ConfigureAwait(false);
    }

    StreamConnection DialledFor(SipTarget target, SipEndpoint? endpoint)
    {
        var key = new SipTarget(target.Transport, target.Remote) { Local = target.Local, ServerName = target.ServerName };
        lock (_dialled)
        {
            if (_dialled.TryGetValue(key, out var dialled)) return dialled;
            var connection = new StreamConnection(NextId(), key, _options, _clock, _core);
            _dialled.Add(key, connection);
            Track(connection, () => connection.Dial(endpoint), () => Forget(key));
            return connection;
        }
    }

    // The connection is in the table before it runs, so that its end always finds it there.
    void Track(StreamConnection connection, Func<Task> run, Action ended)
    {
        var begin = new TaskCompletionSource();
        _all[connection.Id] = (connection, RunAndForget());
        begin.SetResult();

        async Task RunAndForget()
        {
            await begin.Task.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            try
            {
                await run().ConfigureAwait(false);
            }
            finally
            {
                _all.TryRemove(connection.Id, out _);
                ended();
            }
        }
    }

    void Forget(SipTarget key)
    {
        lock (_dialled) _dialled.Remove(key);
    }

    bool TryCount(IPAddress source)
    {
        if (_perSource.AddOrUpdate(source, 1, (_, count) => count + 1) <= _options.MaxConnectionsPerSource) return true;
        Uncount(source);
        return false;
    }

    void Uncount(IPAddress source)
    {
        if (_perSource.AddOrUpdate(source, 0, (_, count) => count - 1) <= 0) _perSource.TryRemove(new(source, 0));
    }

    void Sweep()
    {
        foreach (var (connection, _) in _all.Values)
            if (connection.Overdue() is { } reason) connection.Close(reason);
    }

    FlowId NextId() => new(Interlocked.Increment(ref _lastId));
}

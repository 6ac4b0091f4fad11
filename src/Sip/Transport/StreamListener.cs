using System.Net;
using System.Net.Sockets;

namespace TeleCube.Sip.Transport;

/// <summary>Accepts TCP or TLS connections on one address.</summary>
sealed class StreamListener : IAsyncDisposable
{
    const int Backlog = 1024;

    static readonly TimeSpan _afterFailure = TimeSpan.FromMilliseconds(50);

    readonly Socket _socket;
    readonly ISourceGate _gate;
    readonly TimeProvider _clock;
    Task _accepting = Task.CompletedTask;

    public StreamListener(SipEndpoint endpoint, ISourceGate gate, TimeProvider clock)
    {
        (_gate, _clock) = (gate, clock);
        _socket = new Socket(endpoint.Bind.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endpoint.Bind.AddressFamily == AddressFamily.InterNetworkV6) _socket.DualMode = false;
            _socket.Bind(endpoint.Bind);
            _socket.Listen(Backlog);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
        Endpoint = endpoint.BoundTo((IPEndPoint)_socket.LocalEndPoint!);
    }

    public SipEndpoint Endpoint { get; }

    public void Start(StreamConnections connections) => _accepting = Accept(connections);

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _accepting.ConfigureAwait(false);
    }

    // Who is banned may have a phone that needs help. What else comes over the connection is dropped as over UDP.
    bool MayConnect(IPAddress source) => !_gate.IsBanned(source) || _gate.MayConnect(source);

    async Task Accept(StreamConnections connections)
    {
        while (true)
        {
            try
            {
                var socket = await _socket.AcceptAsync().ConfigureAwait(false);
                socket.NoDelay = true;
                if (socket.RemoteEndPoint is IPEndPoint remote && MayConnect(remote.Address)) connections.Accept(socket, Endpoint);
                else socket.Dispose();
            }
            catch (SocketException failed) when (failed.SocketErrorCode is not SocketError.OperationAborted)
            {
                // Files may have run out: trying again at once would only burn the processor.
                await Task.Delay(_afterFailure, _clock).ConfigureAwait(false);
            }
            catch (Exception closed) when (closed is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace TeleCube.Sip.Transport;

/// <summary>
/// One UDP socket: a thread of its own receives, any thread sends. Costs one array per datagram, which becomes the message's own buffer.
/// </summary>
sealed class UdpChannel : IDisposable
{
    const int LongestDatagram = 65_535;
    const int MostTogether = 64;
    const int ShortestMessage = 16; // what is shorter is a keep-alive of a phone (CRLF, NUL), not SIP

    readonly Socket _socket;
    readonly UdpFlows _flows;
    readonly Thread _thread;
    Action<TransportEvent> _core = _ => { };
    volatile bool _closed;

    public UdpChannel(SipEndpoint endpoint, int bufferBytes)
    {
        _socket = new Socket(endpoint.Bind.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveBufferSize = bufferBytes,
            SendBufferSize = bufferBytes,
        };
        if (endpoint.Bind.AddressFamily == AddressFamily.InterNetworkV6) _socket.DualMode = false;
        try
        {
            _socket.Bind(endpoint.Bind);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
        Endpoint = endpoint.BoundTo((IPEndPoint)_socket.LocalEndPoint!);
        _flows = new UdpFlows(Endpoint);
        _thread = new Thread(Receive) { IsBackground = true, Name = $"sip udp {Endpoint.Bind}" };
    }

    public SipEndpoint Endpoint { get; }

    public void Start(Action<TransportEvent> core)
    {
        _core = core;
        _thread.Start();
    }

    /// <summary>Null when sent, else why not.</summary>
    public string? Send(IPEndPoint remote, ReadOnlySpan<byte> bytes)
    {
        try
        {
            _socket.SendTo(bytes, SocketFlags.None, remote.Serialize());
            return null;
        }
        catch (SocketException failed)
        {
            return failed.SocketErrorCode.ToString();
        }
        catch (ObjectDisposedException)
        {
            return "closed";
        }
    }

    public void Dispose()
    {
        _closed = true;
        _socket.Dispose();
        if (_thread.IsAlive && Thread.CurrentThread != _thread) _thread.Join();
    }

    /// <summary>Takes what has arrived, waiting for the first. What is taken together is handled together.</summary>
    void Take(byte[] buffer, SocketAddress source)
    {
        var taken = 0;
        try
        {
            do
            {
                var length = _socket.ReceiveFrom(buffer, SocketFlags.None, source);
                if (length >= ShortestMessage) _core(new TransportInbound(_flows.Of(source), buffer.AsSpan(0, length).ToArray(), MoreFollows: true));
            }
            while (++taken < MostTogether && _socket.Available > 0);
        }
        finally
        {
            if (taken > 0) _core(TransportDrained.Instance);
        }
    }

    void Receive()
    {
        var buffer = GC.AllocateUninitializedArray<byte>(LongestDatagram, pinned: true);
        var source = new SocketAddress(_socket.AddressFamily);
        while (!_closed)
        {
            try
            {
                Take(buffer, source);
            }
            catch (SocketException) when (!_closed)
            {
                // An ICMP error of an earlier send is no reason to stop listening.
            }
            catch (Exception closed) when (_closed && closed is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}

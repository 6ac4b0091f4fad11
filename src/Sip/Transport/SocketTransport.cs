using System.Net.Sockets;

namespace TeleCube.Sip.Transport;

/// <summary>SIP over real sockets: UDP, TCP and TLS, IPv4 and IPv6, several addresses of each.</summary>
public sealed class SocketTransport(SocketTransportOptions options, ISourceGate gate, TimeProvider clock) : ISipTransport
{
    readonly List<UdpChannel> _udp = [];
    readonly List<StreamListener> _listeners = [];
    StreamConnections? _connections;
    Action<TransportEvent> _core = _ => { };
    SipEndpoint[] _endpoints = [.. options.Endpoints]; // until they are bound: what is taken up again before has its Via already

    public IReadOnlyList<SipEndpoint> Endpoints => _endpoints;

    public int Connections => _connections?.Count ?? 0;

    public void Start(Action<TransportEvent> core)
    {
        _core = core;
        _connections = new StreamConnections(options, clock, core);
        foreach (var endpoint in options.Endpoints) Listen(endpoint);
        _endpoints = [.. _udp.Select(udp => udp.Endpoint), .. _listeners.Select(listener => listener.Endpoint)];
        foreach (var udp in _udp) udp.Start(core);
        foreach (var listener in _listeners) listener.Start(_connections);
    }

    public void Tell(TransportOutbound message)
    {
        var failure = message.Target.Transport == TransportKind.Udp
            ? SendDatagram(message)
            : _connections!.Send(message, EndpointSelection.For(_endpoints, message.Target));
        if (failure is not null && message.Key is not null) _core(new SendFailed(message.Key, message.Target, failure));
    }

    public void Close(FlowId flow) => _connections?.Close(flow);

    public async ValueTask DisposeAsync()
    {
        foreach (var udp in _udp) udp.Dispose();
        foreach (var listener in _listeners) await listener.DisposeAsync().ConfigureAwait(false);
        if (_connections is { } connections) await connections.DisposeAsync().ConfigureAwait(false);
    }

    string? SendDatagram(TransportOutbound message)
    {
        var endpoint = EndpointSelection.For(_endpoints, message.Target);
        foreach (var udp in _udp)
            if (ReferenceEquals(udp.Endpoint, endpoint)) return udp.Send(message.Target.Remote, message.Bytes.Span);
        return $"no UDP endpoint for {message.Target.Remote.AddressFamily}";
    }

    void Listen(SipEndpoint endpoint)
    {
        try
        {
            Open(endpoint);
        }
        catch (SocketException refused)
        {
            throw new IOException($"{endpoint.Transport.Name()} {endpoint.Bind}", refused);
        }
    }

    void Open(SipEndpoint endpoint)
    {
        switch (endpoint.Transport)
        {
            case TransportKind.Udp:
                _udp.Add(new UdpChannel(endpoint, options.UdpBufferBytes));
                break;
            case TransportKind.Tls when options.Tls is null:
                throw new ArgumentException($"The endpoint {endpoint.Bind} is TLS, but no certificate is configured.");
            case TransportKind.Tcp or TransportKind.Tls:
                _listeners.Add(new StreamListener(endpoint, gate, clock));
                break;
            default:
                throw new ArgumentException($"{endpoint.Transport.Name()} is served by the HTTP server, not by {nameof(SocketTransport)}.");
        }
    }
}

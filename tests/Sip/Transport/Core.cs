using System.Net;
using System.Text;
using System.Threading.Channels;
using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Tests.Transport;

/// <summary>A transport on loopback with the core's side of it: events are awaited, never slept for.</summary>
sealed class Core : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly Channel<TransportEvent> _events = Channel.CreateUnbounded<TransportEvent>();

    public Core(SocketTransportOptions options, TimeProvider? clock = null, ISourceGate? gate = null)
    {
        Transport = new SocketTransport(options, gate ?? new OpenSourceGate(), clock ?? TimeProvider.System);
        Transport.Start(happened => _events.Writer.TryWrite(happened));
    }

    public Core(TransportKind kind, IPAddress? address = null, TlsOptions? tls = null)
        : this(new SocketTransportOptions { Endpoints = [On(kind, address)], Tls = tls })
    {
    }

    public SocketTransport Transport { get; }

    public SipEndpoint Endpoint => Transport.Endpoints[0];

    public SipTarget AsTarget(string? serverName = null) => new(Endpoint.Transport, Endpoint.Bind) { ServerName = serverName };

    public static SipEndpoint On(TransportKind kind, IPAddress? address = null) => new(kind, new IPEndPoint(address ?? IPAddress.Loopback, 0));

    public static byte[] Message(string method = "OPTIONS", string body = "") => Encoding.ASCII.GetBytes(
        $"{method} sip:test SIP/2.0\r\nVia: SIP/2.0/TCP test;branch=z9hG4bK1\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    public async Task<T> Next<T>() where T : TransportEvent
    {
        using var guard = new CancellationTokenSource(Patience);
        while (true)
            if (await _events.Reader.ReadAsync(guard.Token) is T wanted) return wanted;
    }

    public async Task<string> NextText() => Encoding.ASCII.GetString((await Next<TransportInbound>()).Bytes.Span);

    public bool SeesNothing => _events.Reader.Count == 0;

    public void Send(SipTarget target, byte[] bytes, string? key = null) => Transport.Tell(new TransportOutbound(target, bytes, key));

    public ValueTask DisposeAsync() => Transport.DisposeAsync();
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading.Channels;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Transport;

/// <summary>
/// One TCP or TLS connection: a loop that reads whole messages, a loop that writes, and the deadlines that its sweeper watches.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing, and Close may come at any time.")]
sealed class StreamConnection(FlowId id, SipTarget target, SocketTransportOptions options, TimeProvider clock, Action<TransportEvent> core)
{
    static readonly ReadOnlyMemory<byte> _pong = "\r\n"u8.ToArray();
    static readonly TimeSpan _lastWords = TimeSpan.FromSeconds(1); // for what is still to be sent when the peer has finished

    // Unbounded in messages, bounded in bytes by MaxPendingBytes.
    readonly Channel<TransportOutbound> _waiting = Channel.CreateUnbounded<TransportOutbound>(new() { SingleReader = true });
    readonly CancellationTokenSource _stop = new();
    readonly long _startedAt = clock.GetTimestamp();
    readonly SipFramer _framer = new(options.Limits);
    TimeSpan _openWithin = options.ConnectWithin + options.HandshakeWithin;
    int _pendingBytes;
    long _heardAt;
    long _unfinishedSince;
    string? _reason;

    public FlowId Id => id;

    /// <summary>What it was dialled for; of an accepted connection, where it came from.</summary>
    public SipTarget Target => target;

    public SipFlow? Flow { get; private set; }

    /// <summary>False when the connection is gone or its peer doesn't read.</summary>
    public bool TrySend(TransportOutbound message)
    {
        if (Interlocked.Add(ref _pendingBytes, message.Bytes.Length) > options.MaxPendingBytes)
        {
            Close("peer does not read");
            return false;
        }
        return _waiting.Writer.TryWrite(message);
    }

    public void Close(string reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, null);
        _stop.Cancel();
    }

    /// <summary>Why the connection has to go at this moment, if so.</summary>
    public string? Overdue()
    {
        if (Flow is null) return Since(_startedAt) > _openWithin ? "not open in time" : null;
        if (Volatile.Read(ref _unfinishedSince) is > 0 and var begun && Since(begun) > options.MessageWithin) return "message not complete in time";
        return Since(Volatile.Read(ref _heardAt)) > options.IdleFor ? "idle" : null;
    }

    /// <summary>Runs an accepted connection to its end.</summary>
    public Task Serve(Socket socket, SipEndpoint endpoint)
    {
        _openWithin = options.HandshakeWithin; // it is connected
        return Run(socket, stop => Accept(socket, endpoint, stop));
    }

    async Task<(Stream, SipFlow)> Accept(Socket socket, SipEndpoint endpoint, CancellationToken stop)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        if (endpoint.Transport != TransportKind.Tls) return (stream, FlowOf(socket, endpoint));
        var secured = new SslStream(stream);
        await secured.AuthenticateAsServerAsync(options.Tls!.ForServer(), stop).ConfigureAwait(false);
        return (secured, FlowOf(socket, endpoint));
    }

    /// <summary>Connects to the target and runs the connection to its end.</summary>
    public Task Dial(SipEndpoint? endpoint)
    {
        var socket = new Socket(target.Remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        return Run(socket, stop => Connect(socket, endpoint, stop));
    }

    async Task<(Stream, SipFlow)> Connect(Socket socket, SipEndpoint? endpoint, CancellationToken stop)
    {
        if ((target.Local ?? endpoint?.Bind) is { } local && !local.Address.Equals(IPAddress.Any) && !local.Address.Equals(IPAddress.IPv6Any))
            socket.Bind(new IPEndPoint(local.Address, 0));
        await socket.ConnectAsync(target.Remote, stop).ConfigureAwait(false);
        var stream = new NetworkStream(socket, ownsSocket: true);
        var flow = FlowOf(socket, endpoint ?? new SipEndpoint(target.Transport, (IPEndPoint)socket.LocalEndPoint!));
        if (target.Transport != TransportKind.Tls) return (stream, flow);
        var secured = new SslStream(stream);
        var name = target.ServerName ?? target.Remote.Address.ToString();
        await secured.AuthenticateAsClientAsync(options.Tls!.ForClient(name), stop).ConfigureAwait(false);
        return (secured, flow);
    }

    async Task Run(Socket socket, Func<CancellationToken, Task<(Stream, SipFlow)>> open)
    {
        using var owned = socket; // also when opening fails half way
        try
        {
            var (stream, flow) = await open(_stop.Token).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                Volatile.Write(ref _heardAt, clock.GetTimestamp());
                Flow = flow;
                await Talk(stream, flow).ConfigureAwait(false);
            }
        }
        catch (Exception failed) when (failed is OperationCanceledException or IOException or SocketException
            or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            Interlocked.CompareExchange(ref _reason, failed.Message, null);
        }
        finally
        {
            End();
        }
    }

    // Whichever loop ends first takes the other with it.
    async Task Talk(Stream stream, SipFlow flow)
    {
        var writing = Write(stream);
        var reading = Read(stream, flow);
        await Task.WhenAny(writing, reading).ConfigureAwait(false);
        _waiting.Writer.TryComplete();
        await Task.WhenAny(writing, Task.Delay(_lastWords, clock, _stop.Token)).ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(writing, reading).ConfigureAwait(false);
    }

    async Task Read(Stream stream, SipFlow flow)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 8192, leaveOpen: true));
        while (true)
        {
            var read = await reader.ReadAsync(_stop.Token).ConfigureAwait(false);
            var now = clock.GetTimestamp();
            Volatile.Write(ref _heardAt, now);

            var buffer = read.Buffer;
            if (!TakeMessages(ref buffer, flow)) return;
            if (buffer.IsEmpty) Volatile.Write(ref _unfinishedSince, 0);
            else if (_unfinishedSince == 0) Volatile.Write(ref _unfinishedSince, now);

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted) break;
        }
        Interlocked.CompareExchange(ref _reason, "closed by peer", null);
    }

    bool TakeMessages(ref ReadOnlySequence<byte> buffer, SipFlow flow)
    {
        while (true)
        {
            var frame = _framer.TryRead(ref buffer);
            switch (frame.Kind)
            {
                case SipFrameKind.Message:
                    Volatile.Write(ref _unfinishedSince, 0);
                    core(new TransportInbound(flow, frame.Message));
                    break;
                case SipFrameKind.Ping:
                    TrySend(new TransportOutbound(target, _pong)); // RFC 5626 §3.5.1
                    break;
                case SipFrameKind.Pong:
                    break;
                case SipFrameKind.Incomplete:
                    return true;
                default:
                    Abandon(frame, flow);
                    return false;
            }
        }
    }

    // The place in the stream is lost, but a request whose head is whole can still be told what was wrong with it.
    void Abandon(SipFrame frame, SipFlow flow)
    {
        Interlocked.CompareExchange(ref _reason, frame.Reason.ToString(), null);
        if (frame.Message.IsEmpty) core(new FlowAbused(flow, frame.Reason.ToString()));
        else core(new TransportInbound(flow, frame.Message));
    }

    async Task Write(Stream stream)
    {
        await foreach (var message in _waiting.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
        {
            try
            {
                await stream.WriteAsync(message.Bytes, _stop.Token).ConfigureAwait(false);
            }
            catch
            {
                Fail(message);
                throw;
            }
            Interlocked.Add(ref _pendingBytes, -message.Bytes.Length);
        }
    }

    void End()
    {
        _waiting.Writer.TryComplete();
        while (_waiting.Reader.TryRead(out var unsent)) Fail(unsent);
        if (Flow is not null) core(new FlowClosed(id, _reason ?? "closed"));
    }

    void Fail(TransportOutbound message)
    {
        if (message.Key is not null) core(new SendFailed(message.Key, message.Target, _reason ?? "connection lost"));
    }

    SipFlow FlowOf(Socket socket, SipEndpoint endpoint) =>
        new(id, endpoint.Transport, (IPEndPoint)socket.LocalEndPoint!, endpoint.AdvertisedHost, endpoint.AdvertisedPort,
            (IPEndPoint)socket.RemoteEndPoint!);

    TimeSpan Since(long timestamp) => clock.GetElapsedTime(timestamp);
}

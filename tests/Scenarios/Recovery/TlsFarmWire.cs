using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;
using TeleCube.Tests.Support.Certificates;

namespace TeleCube.Scenarios.Tests.Recovery;

/// <summary>
/// A phone that speaks TLS and listens where its Contact says, with a certificate for that: it talks over the last connection that was opened by either
/// side, and opens one itself where there is none.
/// </summary>
sealed class TlsFarmWire : IFarmWire
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly IPEndPoint _exchange;
    readonly X509Certificate2 _certificate;
    readonly X509ChainPolicy _trust = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
    readonly Channel<byte[]> _waiting = Channel.CreateUnbounded<byte[]>(new() { SingleReader = true });
    readonly CancellationTokenSource _stop = new();
    readonly List<Task> _running = [];
    Action<SipMessage> _took = _ => { };
    volatile SslStream? _current;

    public TlsFarmWire(IPEndPoint exchange, TestAuthority authority)
    {
        _exchange = exchange;
        _certificate = X509Certificate2.CreateFromPemFile(authority.Certificate, authority.Key);
        _trust.CustomTrustStore.ImportFromPemFile(authority.Root);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    public string Protocol => "TLS";

    public int Port { get; }

    public void Listen(Action<SipMessage> took)
    {
        _took = took;
        _running.AddRange([Accept(), Write()]);
    }

    public void Send(byte[] message) => _waiting.Writer.TryWrite(message);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Task[] running;
        lock (_running) running = [.. _running];
        await Task.WhenAll(running);
        _certificate.Dispose();
        _stop.Dispose();
    }

    async Task Accept()
    {
        try
        {
            while (true)
            {
                var stream = new SslStream(new NetworkStream(await _listener.AcceptSocketAsync(_stop.Token), ownsSocket: true));
                if (await Works(() => stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token))) Talk(stream);
                else await stream.DisposeAsync();
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    async Task Write()
    {
        try
        {
            await foreach (var message in _waiting.Reader.ReadAllAsync(_stop.Token))
                if ((_current ?? await Dial()) is { } stream) await Works(() => stream.WriteAsync(message, _stop.Token).AsTask());
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    /// <summary>Null while the exchange is down.</summary>
    async Task<SslStream?> Dial()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var stream = await Works(() => socket.ConnectAsync(_exchange, _stop.Token).AsTask()) ? new SslStream(new NetworkStream(socket, ownsSocket: true)) : null;
        var options = new SslClientAuthenticationOptions { TargetHost = $"{_exchange.Address}", CertificateChainPolicy = _trust };
        if (stream is not null && await Works(() => stream.AuthenticateAsClientAsync(options, _stop.Token)))
        {
            Talk(stream);
            return stream;
        }

        socket.Dispose();
        return null;
    }

    void Talk(SslStream stream)
    {
        _current = stream;
        lock (_running) _running.Add(Read(stream));
    }

    async Task Read(SslStream stream)
    {
        await using (stream)
        {
            var (reader, framer) = (PipeReader.Create(stream), new SipFramer(SipFramerLimits.Default));
            while (await Works(() => Take(reader, framer)))
            {
                // The next one.
            }
        }

        Interlocked.CompareExchange(ref _current, null, stream);
    }

    async Task Take(PipeReader reader, SipFramer framer)
    {
        var read = await reader.ReadAsync(_stop.Token);
        var buffer = read.Buffer;
        while (framer.TryRead(ref buffer) is { Kind: SipFrameKind.Message } frame)
            if (SipParser.TryParse(frame.Message, out var message).IsComplete && message is not null) _took(message);
        reader.AdvanceTo(buffer.Start, buffer.End);
        if (read.IsCompleted) throw new EndOfStreamException();
    }

    /// <summary>False when the connection is no good (any more).</summary>
    static async Task<bool> Works(Func<Task> step)
    {
        try
        {
            await step();
            return true;
        }
        catch (Exception problem) when (problem is IOException or SocketException or AuthenticationException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }
}

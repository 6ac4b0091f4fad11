using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Tests.Transactions;

/// <summary>SIPp's own scenarios as the peer, in both directions.</summary>
public sealed class SippTests
{
    const int Calls = 100;

    [Theory]
    [InlineData("u1", TransportKind.Udp)]
    [InlineData("t1", TransportKind.Tcp)]
    public async Task SIPp_calls_us(string transport, TransportKind kind)
    {
        await using var phone = new Phone(kind);
        await Sipp($"-sn uac 127.0.0.1:{phone.Port} -i 127.0.0.1 -t {transport} -m {Calls} -r 200 -d 1");
        Assert.Equal(Calls, phone.Acks);
        Assert.Equal(0, phone.Stack.Counters.AcksMissing);
    }

    [Theory]
    [InlineData("u1", TransportKind.Udp)]
    [InlineData("t1", TransportKind.Tcp)]
    public async Task We_call_SIPp(string transport, TransportKind kind)
    {
        await using var phone = new Phone(kind);
        var port = FreePort();
        var sipp = Sipp($"-sn uas -i 127.0.0.1 -p {port} -t {transport} -nr -m {Calls}");
        var target = new SipTarget(kind, new IPEndPoint(IPAddress.Loopback, port));
        if (kind == TransportKind.Tcp) await Listening(target.Remote);
        for (var i = 0; i < Calls; i++) await phone.Call(target, i);
        await sipp;
    }

    static async Task Sipp(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("sipp", arguments + " -nostdin -timeout 30 -timeout_error")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
            Environment = { ["TERM"] = "dumb" },
        })!;
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var output = process.StandardOutput.ReadToEndAsync(guard.Token);
        var errors = process.StandardError.ReadToEndAsync(guard.Token);
        try
        {
            await process.WaitForExitAsync(guard.Token);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
        Assert.True(process.ExitCode == 0, $"sipp {arguments} ended with {process.ExitCode}\n{await errors}\n{await output}");
    }

    // SIPp needs a moment to bind; over UDP the INVITE is simply repeated.
    static async Task Listening(IPEndPoint peer)
    {
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(peer, guard.Token);
                return;
            }
            catch (SocketException)
            {
                guard.Token.ThrowIfCancellationRequested();
            }
        }
    }

    static int FreePort()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
    }

    /// <summary>Answers every call at once, and hangs up those that it made.</summary>
    sealed class Phone : ISipUser, IAsyncDisposable
    {
        int _acks;
        TaskCompletionSource<int> _over = new();

        public Phone(TransportKind kind)
        {
            var gate = new OpenSourceGate();
            var options = new SocketTransportOptions { Endpoints = [new(kind, new IPEndPoint(IPAddress.Loopback, 0))] };
            Stack = new SipStack(new SipStackOptions(), new SocketTransport(options, gate, TimeProvider.System), gate, TimeProvider.System, NullLogger<SipStack>.Instance);
            Stack.Start(this);
        }

        public SipStack Stack { get; }

        public int Port => Stack.Endpoints[0].Bind.Port;

        public int Acks => Volatile.Read(ref _acks);

        /// <summary>One whole call, until its BYE is answered.</summary>
        public async Task Call(SipTarget target, int number)
        {
            _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var uri = SipUri.Sip("service", "127.0.0.1", target.Remote.Port);
            var invite = new SipRequest(SipMethod.Invite, uri)
            {
                From = NameAddress.Parse("<sip:us@127.0.0.1>").WithTag($"tag{number}"),
                To = new NameAddress(uri),
                CallId = $"call-{number}",
                CSeq = new CSeq(1, SipMethod.Invite),
                Contact = NameAddress.Parse($"<sip:us@127.0.0.1:{Port}>"),
            };
            invite.SetBody("application/sdp", "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 6000 RTP/AVP 8\r\n"u8.ToArray());
            Stack.Send(invite, target, $"call-{number}/invite", (invite, target));
            Assert.Equal(200, await _over.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        }

        public ValueTask DisposeAsync() => Stack.DisposeAsync();

        public void RequestReceived(ServerTransactionId transaction, SipRequest request, SipFlow flow)
        {
            var tag = request.To.Tag ?? "us" + request.CallId;
            if (request.Method == SipMethod.Invite) Stack.Respond(transaction, SipResponse.For(request, 180, toTag: tag));
            var ok = SipResponse.For(request, 200, toTag: tag);
            ok.Contact = NameAddress.Parse($"<sip:us@127.0.0.1:{Port}>");
            Stack.Respond(transaction, ok);
        }

        public void AckReceived(SipRequest ack, SipFlow flow) => Interlocked.Increment(ref _acks);

        public void ResponseReceived(ClientTransactionId transaction, object? context, SipResponse response, SipFlow flow)
        {
            if (context is (SipRequest invite, SipTarget target) && response.IsSuccess)
            {
                var dialog = Dialog.AsClient(invite, response);
                Stack.Acknowledge(transaction, dialog.Ack(1), target);
                Stack.Send(dialog.Request(SipMethod.Bye, 2), target, transaction.Value + "/bye", "bye");
            }
            if (context is "bye") _over.TrySetResult(response.Status);
        }

        public void Failed(ClientTransactionId transaction, object? context, TransactionFailure why)
        {
        }

        public void Cancelled(ServerTransactionId invite, SipRequest cancel)
        {
        }

        public void AckMissing(ServerTransactionId invite)
        {
        }

        public void PrackMissing(ServerTransactionId invite)
        {
        }

        public void StrayResponse(SipResponse response, SipFlow flow)
        {
        }

        public void FlowClosed(FlowId flow)
        {
        }
    }
}

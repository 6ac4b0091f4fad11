using System.Net;
using System.Net.Sockets;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Scenarios.Tests.Recovery;

/// <summary>One socket, and the exchange's address.</summary>
sealed class UdpFarmWire : IFarmWire
{
    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    readonly IPEndPoint _exchange;
    readonly CancellationTokenSource _stop = new();
    Task _reader = Task.CompletedTask;

    public UdpFarmWire(IPEndPoint exchange, IPEndPoint? at = null)
    {
        _exchange = exchange;
        _socket.Bind(at ?? new IPEndPoint(IPAddress.Loopback, 0));
    }

    public string Protocol => "UDP";

    public string Host => ((IPEndPoint)_socket.LocalEndPoint!).Address.ToString();

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Listen(Action<SipMessage> took) => _reader = Read(took);

    public void Send(byte[] message)
    {
        try
        {
            _socket.SendTo(message, _exchange);
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // The exchange is down, or the test is over: it is repeated, or nobody cares.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Dispose();
        await _reader;
        _stop.Dispose();
    }

    async Task Read(Action<SipMessage> took)
    {
        var buffer = new byte[65536];
        var any = new IPEndPoint(IPAddress.Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var result = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, any, _stop.Token);
                if (SipParser.TryParse(buffer.AsSpan(0, result.ReceivedBytes).ToArray(), out var message).IsComplete && message is not null) took(message);
            }
            catch (SocketException problem) when (problem.SocketErrorCode == SocketError.ConnectionRefused)
            {
                // The exchange is down.
            }
            catch (Exception problem) when (problem is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }
}

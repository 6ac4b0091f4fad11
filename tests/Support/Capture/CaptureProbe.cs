using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TeleCube.Tests.Support.Capture;

/// <summary>Datagrams that a capture must have seen: tshark says that it captures before it does, and packets wait in the kernel before they are written.</summary>
sealed class CaptureProbe : IDisposable
{
    const int MarkBytes = 32;

    static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public CaptureProbe() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    /// <summary>What lets only the probe through.</summary>
    public string Filter => $"udp dst port {((IPEndPoint)_socket.LocalEndPoint!).Port}";

    /// <summary>Sends a new mark until the file has it.</summary>
    public async Task SeenIn(string file, TimeSpan within)
    {
        var mark = RandomNumberGenerator.GetBytes(MarkBytes);
        using var ticks = new PeriodicTimer(Again);
        using var over = new CancellationTokenSource(within);
        try
        {
            while (!Has(file, mark))
            {
                _socket.SendTo(mark, _socket.LocalEndPoint!);
                await ticks.WaitForNextTickAsync(over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"the capture did not see its probe within {within.TotalSeconds} s");
        }
    }

    static bool Has(string path, byte[] mark)
    {
        if (!File.Exists(path)) return false;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(mark) >= 0;
    }

    public void Dispose() => _socket.Dispose();
}

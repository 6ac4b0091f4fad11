using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace TeleCube.Tests.Support;

/// <summary>
/// Ports that nobody uses, below the kernel's ephemeral range so that no client socket takes one before the test does. A test process claims them block by
/// block with a file that it holds locked until it ends, so that two of them at once never take the same; its own it takes again only much later.
/// </summary>
public static class FreePorts
{
    const int First = 10_000;
    const int Last = 19_900;
    const int BlockSize = 100;
    const int MostBlocks = 20;

    static readonly Lock _gate = new();
    static readonly List<(int Start, FileStream Claim)> _blocks = [];
    static int _block = -1;
    static int _next = BlockSize;

    /// <summary>The first of <paramref name="count"/> neighbouring ports, free for UDP and TCP.</summary>
    public static int Take(int count = 1)
    {
        // Two apart at least: baresip takes the port after its own for TLS.
        var step = (count + 9) / 10 * 10;
        lock (_gate)
        {
            for (var tries = 0; tries < 1000; tries++)
            {
                if (_next + step > BlockSize) GoOn();
                var start = _blocks[_block].Start + _next;
                _next += step;
                if (Enumerable.Range(start, count).All(IsFree)) return start;
            }
        }

        throw new InvalidOperationException($"no {count} free ports between {First} and {Last}");
    }

    /// <summary>An address of this machine's loopback with such a port.</summary>
    public static IPEndPoint TakeLoopback() => new(IPAddress.Loopback, Take());

    /// <summary>To another block; to the one that was used longest ago when there are enough.</summary>
    static void GoOn()
    {
        if (_blocks.Count < MostBlocks && Claim() is { } claimed) _blocks.Insert(++_block, claimed);
        else if (_blocks.Count == 0) throw new InvalidOperationException($"other tests hold all ports between {First} and {Last}");
        else _block = (_block + 1) % _blocks.Count;
        _next = 0;
    }

    static (int Start, FileStream Claim)? Claim()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "telecube-test-ports")).FullName;
        foreach (var start in Random.Shared.GetItems(Enumerable.Range(0, (Last - First) / BlockSize).Select(i => First + i * BlockSize).ToArray(), 200))
        {
            try
            {
                return (start, new FileStream(Path.Combine(folder, $"{start}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (Exception taken) when (taken is IOException or UnauthorizedAccessException)
            {
                // The next one.
            }
        }

        return null;
    }

    static bool IsFree(int port)
    {
        var inUse = IPGlobalProperties.GetIPGlobalProperties();
        if (inUse.GetActiveTcpListeners().Any(listener => listener.Port == port)) return false;
        try
        {
            using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            udp.Bind(new IPEndPoint(IPAddress.Any, port));
            using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            tcp.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

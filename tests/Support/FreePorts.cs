using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace TeleCube.Tests.Support;

/// <summary>Ports that nobody uses, below the kernel's ephemeral range so that no client socket takes one before the test does.</summary>
public static class FreePorts
{
    const int First = 10_000;
    const int Last = 19_900;

    static int _next = First + Random.Shared.Next((Last - First) / 10) * 10;

    /// <summary>The first of <paramref name="count"/> neighbouring ports, free for UDP and TCP.</summary>
    public static int Take(int count = 1)
    {
        // Two apart at least: baresip takes the port after its own for TLS.
        var step = (count + 9) / 10 * 10;
        for (var tries = 0; tries < 1000; tries++)
        {
            var start = Interlocked.Add(ref _next, step) - step;
            if (start + count > Last)
            {
                Interlocked.CompareExchange(ref _next, First, start + step);
                continue;
            }
            if (Enumerable.Range(start, count).All(IsFree)) return start;
        }
        throw new InvalidOperationException($"no {count} free ports between {First} and {Last}");
    }

    /// <summary>An address of this machine's loopback with such a port.</summary>
    public static IPEndPoint TakeLoopback() => new(IPAddress.Loopback, Take());

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

using System.Net;
using System.Net.Sockets;

namespace TeleCube.Node.Composition;

/// <summary>Says why an address can't be listened on, and what to do about it.</summary>
static class ListenFault
{
    public static StartException Of(string what, Exception problem, string remedy, string setting) =>
        new($"{what}: {Reason(problem)} {remedy}", problem) { Setting = setting };

    /// <summary>Throws when nothing can be bound to the address: better now than at the first call.</summary>
    public static void Try(IPAddress address, string setting, string remedy)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, 0));
        }
        catch (SocketException problem)
        {
            throw Of($"telecube.{setting} = {address}", problem, remedy, setting);
        }
    }

    static string Reason(Exception problem) => Find(problem)?.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "another program has that address and port (ss -lunp and ss -ltnp say which).",
        SocketError.AddressNotAvailable => "this machine has no such address (ip addr lists what it has).",
        SocketError.AccessDenied => "this user may not take that port (below 1024 it needs CAP_NET_BIND_SERVICE).",
        _ => $"{problem.Message}.",
    };

    static SocketException? Find(Exception? problem)
    {
        while (problem is not null and not SocketException) problem = problem.InnerException;
        return problem as SocketException;
    }
}

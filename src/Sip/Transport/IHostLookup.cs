using System.Net;
using System.Net.Sockets;

namespace TeleCube.Sip.Transport;

/// <summary>Names to addresses; empty when there is none, whatever the reason.</summary>
public interface IHostLookup
{
    Task<IReadOnlyList<IPAddress>> Lookup(string host, CancellationToken stop);
}

/// <summary>A and AAAA by the system's resolver, so /etc/hosts counts too.</summary>
public sealed class SystemHostLookup : IHostLookup
{
    public async Task<IReadOnlyList<IPAddress>> Lookup(string host, CancellationToken stop)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, stop).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            return [];
        }
    }
}

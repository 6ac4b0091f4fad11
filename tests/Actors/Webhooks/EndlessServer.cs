using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TeleCube.Actors.Tests.Webhooks;

/// <summary>A web server that answers one request without end: what it begins with, and then the same over and over, until the other side goes.</summary>
sealed class EndlessServer : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public EndlessServer(string begins, string goesOn)
    {
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}/");
        Sent = Serve(Encoding.ASCII.GetBytes(begins), Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(goesOn, 1000))));
    }

    public Uri Address { get; }

    /// <summary>How many bytes it was rid of when the other side went.</summary>
    public Task<long> Sent { get; }

    async Task<long> Serve(byte[] begins, byte[] goesOn)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var request = new byte[4096];
        _ = await stream.ReadAsync(request);
        await stream.WriteAsync(begins);
        long sent = 0;
        try
        {
            while (true)
            {
                await stream.WriteAsync(goesOn);
                sent += goesOn.Length;
            }
        }
        catch (IOException)
        {
            return sent;
        }
    }

    public void Dispose() => _listener.Dispose();
}

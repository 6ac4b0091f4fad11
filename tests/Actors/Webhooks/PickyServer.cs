using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TeleCube.Actors.Tests.Webhooks;

/// <summary>A web server that answers only requests with a certain word in them, and leaves all others waiting for ever.</summary>
sealed class PickyServer : IAsyncDisposable
{
    readonly string _word;
    readonly byte[] _answer;
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _over = new();
    readonly Task _serving;
    int _waiting;

    public PickyServer(string word, string answer)
    {
        (_word, _answer) = (word, Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {answer.Length}\r\n\r\n{answer}"));
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}/");
        _serving = Accept();
    }

    public Uri Address { get; }

    /// <summary>Requests that are left waiting.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    async Task Accept()
    {
        try
        {
            while (true) _ = Serve(await _listener.AcceptTcpClientAsync(_over.Token));
        }
        catch (OperationCanceledException)
        {
            // it was stopped
        }
    }

    /// <summary>One connection, with as many requests as it has; a body has one brace that closes.</summary>
    async Task Serve(TcpClient client)
    {
        using var owned = client;
        var (buffer, text) = (new byte[4096], "");
        var isLeft = false;
        try
        {
            while (await client.GetStream().ReadAsync(buffer, _over.Token) is > 0 and var length)
            {
                text += Encoding.UTF8.GetString(buffer, 0, length);
                if (isLeft || !text.Contains('}', StringComparison.Ordinal)) continue;
                if (text.Contains(_word, StringComparison.Ordinal))
                {
                    await client.GetStream().WriteAsync(_answer, _over.Token);
                    text = "";
                }
                else
                {
                    isLeft = true;
                    Interlocked.Increment(ref _waiting);
                }
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // stopped, or the other side went
        }

        if (isLeft) Interlocked.Decrement(ref _waiting);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _serving;
        _over.Dispose();
    }
}

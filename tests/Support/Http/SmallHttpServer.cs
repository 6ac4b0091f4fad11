using System.Net;
using System.Text;
using System.Threading.Channels;

namespace TeleCube.Tests.Support.Http;

/// <summary>A web server of a test's own: it keeps what it is sent, and answers as it was told, in that order; then with 200 and nothing.</summary>
public sealed class SmallHttpServer : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly HttpListener _listener = new();
    readonly Channel<HttpAsked> _asked = Channel.CreateUnbounded<HttpAsked>();
    readonly Queue<HttpAnswer> _answers = [];
    readonly CancellationTokenSource _over = new();
    readonly Task _serving;

    public SmallHttpServer()
    {
        Address = new Uri($"http://127.0.0.1:{FreePorts.Take()}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _serving = Serve();
    }

    public Uri Address { get; }

    /// <summary>The answer to the next request that has none yet.</summary>
    public void Answers(int status, string body = "", bool never = false)
    {
        lock (_answers) _answers.Enqueue(new(status, body, never));
    }

    /// <summary>The next request that nobody has looked at.</summary>
    public async Task<HttpAsked> Asked()
    {
        using var over = new CancellationTokenSource(Patience);
        return await _asked.Reader.ReadAsync(over.Token);
    }

    /// <summary>Requests that nobody has looked at.</summary>
    public int Unread => _asked.Reader.Count;

    async Task Serve()
    {
        try
        {
            while (true) _ = Serve(await _listener.GetContextAsync());
        }
        catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
        {
            // it was stopped
        }
    }

    async Task Serve(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var headers = context.Request.Headers.AllKeys.OfType<string>().ToDictionary(name => name, name => context.Request.Headers[name] ?? "", StringComparer.OrdinalIgnoreCase);
        _asked.Writer.TryWrite(new(context.Request.HttpMethod, context.Request.Url!.PathAndQuery, headers, await reader.ReadToEndAsync()));
        HttpAnswer answer;
        lock (_answers) answer = _answers.TryDequeue(out var told) ? told : new(200, "", false);
        if (answer.Never)
        {
            await Task.Delay(Timeout.Infinite, _over.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        context.Response.StatusCode = answer.Status;
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
        context.Response.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _serving;
        _listener.Close();
        _over.Dispose();
    }

    sealed record HttpAnswer(int Status, string Body, bool Never);
}

/// <summary>One request as it came.</summary>
public sealed record HttpAsked(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

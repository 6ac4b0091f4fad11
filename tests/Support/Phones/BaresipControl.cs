using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace TeleCube.Tests.Support.Phones;

/// <summary>The control connection of one baresip: commands with their answers, and events as they come.</summary>
sealed class BaresipControl : IAsyncDisposable
{
    static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    readonly TcpClient _client;
    readonly CancellationTokenSource _stop = new();
    readonly SemaphoreSlim _oneAtATime = new(1);
    readonly Action<PhoneEvent> _happened;
    readonly Task _reading;
    TaskCompletionSource<(bool Ok, string Data)> _answer = new();

    BaresipControl(TcpClient client, Action<PhoneEvent> happened)
    {
        (_client, _happened) = (client, happened);
        _reading = ReadAll();
    }

    public static async Task<BaresipControl> Connect(IPEndPoint address, Action<PhoneEvent> happened)
    {
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address);
            return new(client, happened);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Gives a command and returns what baresip says to it; fails if it refuses.</summary>
    public async Task<string> Command(string command, string? parameters)
    {
        await _oneAtATime.WaitAsync();
        try
        {
            _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var body = JsonSerializer.SerializeToUtf8Bytes(new { command, @params = parameters ?? "", token = command });
            await _client.GetStream().WriteAsync(NetString.Frame(body), _stop.Token);
            var (ok, data) = await _answer.Task.WaitAsync(AnswerWithin);
            return ok ? data : throw new InvalidOperationException($"baresip refuses '{command} {parameters}': {data}");
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    async Task ReadAll()
    {
        try
        {
            while (await NetString.Read(_client.GetStream(), _stop.Token) is { } body)
            {
                using var message = JsonDocument.Parse(body);
                Take(message.RootElement);
            }
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // the phone or the test is at its end
        }
    }

    void Take(JsonElement message)
    {
        if (message.TryGetProperty("response", out _))
            _answer.TrySetResult((message.GetProperty("ok").GetBoolean(), Text(message, "data") ?? ""));
        else if (Text(message, "type") is { } type)
            _happened(new(type, Text(message, "id"), Text(message, "peeruri"), Text(message, "param")));
    }

    static string? Text(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _client.Dispose();
        await _reading;
        _stop.Dispose();
        _oneAtATime.Dispose();
    }
}

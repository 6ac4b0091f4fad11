using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace TeleCube.Tests.Support.Events;

/// <summary>A client of a tenant's event stream, which reads as a browser does. It comes back after each end with the last id that it saw.</summary>
public sealed class EventReader(HttpClient client, string path) : IAsyncDisposable
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    HttpResponseMessage? _response;
    IAsyncEnumerator<SseItem<string>>? _items;

    /// <summary>All that it was told, in the order of hearing.</summary>
    public List<ToldEvent> Heard { get; } = [];

    public static async Task<EventReader> Open(HttpClient client, string path, long? after = null)
    {
        var reader = new EventReader(client, path);
        await reader.Open(after);
        return reader;
    }

    /// <summary>Connects, to what comes behind the last that it heard.</summary>
    public Task Open() => Open(Heard.Count > 0 ? Heard[^1].Id : null);

    /// <summary>Reads until it has heard this; earlier news count too.</summary>
    public async Task<JsonElement> Hears(string type, Func<JsonElement, bool>? and = null)
    {
        bool IsIt(ToldEvent told) => told.Type == type && and?.Invoke(told.Data) != false;
        while (!Heard.Exists(IsIt)) await Next();
        return Heard.Find(IsIt)!.Data;
    }

    /// <summary>The next event; <see cref="EndOfStreamException"/> when the stream has ended.</summary>
    public async Task<ToldEvent> Next()
    {
        if (!await _items!.MoveNextAsync().AsTask().WaitAsync(_patience)) throw new EndOfStreamException();
        var (item, said) = (_items.Current, JsonDocument.Parse(_items.Current.Data).RootElement);
        var told = new ToldEvent(said.GetProperty("id").GetInt64(), said.GetProperty("type").GetString()!, said.GetProperty("data"));
        if ((item.EventId, item.EventType) != (told.Id.ToString(CultureInfo.InvariantCulture), told.Type))
            throw new InvalidDataException($"the frame says {item.EventId} {item.EventType}, its data {item.Data}");
        Heard.Add(told);
        return told;
    }

    public async ValueTask DisposeAsync()
    {
        _response?.Dispose(); // first, for what reads it waits for more
        if (_items is { } items) await items.DisposeAsync();
    }

    async Task Open(long? after)
    {
        await DisposeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{path}");
        if (after is { } last) request.Headers.Add("Last-Event-ID", last.ToString(CultureInfo.InvariantCulture));
        _response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        _response.EnsureSuccessStatusCode();
        if (_response.Content.Headers.ContentType?.MediaType is not "text/event-stream" and var other) throw new InvalidDataException($"{path} is {other}");
        _items = SseParser.Create(await _response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator();
    }
}

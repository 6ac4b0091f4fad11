using System.Text.Json;

namespace TeleCube.Api.Tests.Given;

/// <summary>Reads server-sent events as a browser does.</summary>
sealed class EventReader(HttpResponseMessage response, StreamReader lines) : IDisposable
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    public static async Task<EventReader> Open(HttpClient client, string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{path}");
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event; what is none (retry, heartbeats) is passed over.</summary>
    public async Task<(long Id, string Type, JsonElement Data)> Next()
    {
        var (id, type) = (0L, "");
        while (await Line() is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = long.Parse(line[4..], System.Globalization.CultureInfo.InvariantCulture);
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) type = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) return (id, type, JsonDocument.Parse(line[6..]).RootElement);
        }

        throw new EndOfStreamException("the stream has ended");
    }

    /// <summary>The next line, or null at the end.</summary>
    public Task<string?> Line() => lines.ReadLineAsync().WaitAsync(_patience);

    public void Dispose()
    {
        lines.Dispose();
        response.Dispose();
    }
}

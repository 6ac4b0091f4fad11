using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using TeleCube.Tests.Support.Nodes;

namespace TeleCube.Scenarios.Tests.Given;

/// <summary>A client of the demo company's event stream. It comes back after each end with the last id that it saw.</summary>
sealed class EventFollower(RunningNode node) : IDisposable
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    readonly HttpClient _client = node.Client;
    HttpResponseMessage? _response;
    StreamReader? _lines;

    /// <summary>All that it was told, in the order of hearing.</summary>
    public List<(long Id, string Type, JsonElement Data)> Heard { get; } = [];

    /// <summary>Connects; without anything heard, to everything from the beginning.</summary>
    public async Task Open()
    {
        Close();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/tenants/{DemoCompany.Id}/events?after=0");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningNode.OperatorToken);
        if (Heard.Count > 0) request.Headers.Add("Last-Event-ID", Heard[^1].Id.ToString(CultureInfo.InvariantCulture));
        _response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        _response.EnsureSuccessStatusCode();
        _lines = new StreamReader(await _response.Content.ReadAsStreamAsync());
    }

    /// <summary>Reads until it has heard this; earlier news count too.</summary>
    public async Task<JsonElement> Hears(string type, Func<JsonElement, bool>? and = null)
    {
        bool IsIt((long Id, string Type, JsonElement Data) said) => said.Type == type && and?.Invoke(said.Data) != false;
        while (!Heard.Exists(IsIt)) await Next();
        return Heard.Find(IsIt).Data;
    }

    public void Dispose()
    {
        Close();
        _client.Dispose();
    }

    void Close()
    {
        _lines?.Dispose();
        _response?.Dispose();
    }

    async Task Next()
    {
        while (await _lines!.ReadLineAsync().WaitAsync(_patience) is { } line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
            var said = JsonDocument.Parse(line[6..]).RootElement;
            Heard.Add((said.GetProperty("id").GetInt64(), said.GetProperty("type").GetString()!, said.GetProperty("data")));
            return;
        }

        throw new EndOfStreamException("the stream has ended");
    }
}

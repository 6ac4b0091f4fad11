using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TeleCube.Actors.Schemes.Decisions;

/// <summary>POSTs the question as JSON; the answer is 2xx and <c>{"exit": "vip"}</c>, at most 4 kB, within the time. Anything else is no answer.</summary>
public sealed class HttpDecisions(HttpClient http) : IDecisions
{
    const int MostAnswer = 4096; // bytes

    public async Task<Decided> Ask(Uri url, DecisionQuestion question, TimeSpan timeout, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(question, DecisionJson.Default.DecisionQuestion) };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? await Read(response, patience.Token).ConfigureAwait(false) : new Decided(null, $"HTTP {(int)response.StatusCode}");
        }
        catch (OperationCanceledException)
        {
            return new Decided(null, $"nothing within {timeout.TotalSeconds:0.#} s");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException or InvalidOperationException)
        {
            return new Decided(null, fault.Message);
        }
    }

    static async Task<Decided> Read(HttpResponseMessage response, CancellationToken stop)
    {
        using var body = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        var bytes = new byte[MostAnswer + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop).ConfigureAwait(false);
        if (length > MostAnswer) return new Decided(null, $"the answer is longer than {MostAnswer} bytes");
        return JsonSerializer.Deserialize(bytes.AsSpan(0, length), DecisionJson.Default.DecisionAnswer)?.Exit is { } exit
            ? new Decided(exit, "")
            : new Decided(null, "the answer names no exit");
    }
}

/// <summary>What a server may answer.</summary>
public sealed record DecisionAnswer(string? Exit);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DecisionQuestion))]
[JsonSerializable(typeof(DecisionAnswer))]
sealed partial class DecisionJson : JsonSerializerContext;

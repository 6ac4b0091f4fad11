using System.Text.Json;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;
using TeleCube.Actors.Webhooks;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Schemes.Decisions;

/// <summary>How many questions of one company are on their way at the same time, and how many of them to one server.</summary>
public sealed record DecisionOptions(int PerCompany, int PerServer);

/// <summary>
/// POSTs the question as JSON; the answer is 2xx and <c>{"exit": "vip"}</c>, at most 4 kB, within the time. Anything else is no answer. Each company has places of
/// its own, and only some of them for one server: a server that is slow holds up neither another company's questions nor all of its own company's.
/// </summary>
public sealed class HttpDecisions(HttpClient http, DecisionOptions options) : IDecisions
{
    const int MostAnswer = 4096; // bytes

    readonly Places<(TenantId Company, string Server)> _servers = new(options.PerServer);
    readonly Places<TenantId> _companies = new(options.PerCompany);

    public async Task<Decided> Ask(TenantId company, Uri url, DecisionQuestion question, TimeSpan timeout, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(url);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(timeout);
        var asked = false;
        try
        {
            using var toServer = await _servers.Take((company, url.Authority), patience.Token).ConfigureAwait(false); // first: who waits for a slow one takes no place from others
            using var ofCompany = await _companies.Take(company, patience.Token).ConfigureAwait(false);
            asked = true;
            using var request = WebhookHttp.Post(company, url, JsonBody.Of(question, DecisionJson.Default.DecisionQuestion));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? await Read(response, patience.Token).ConfigureAwait(false) : new Decided(null, $"HTTP {(int)response.StatusCode}");
        }
        catch (OperationCanceledException)
        {
            return new Decided(null, asked ? $"nothing within {timeout.TotalSeconds:0.#} s" : $"not asked: earlier questions have waited for {timeout.TotalSeconds:0.#} s");
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

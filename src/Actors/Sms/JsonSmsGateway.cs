using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Sms;

/// <summary>
/// A gateway that takes <c>POST {"id", "to", "text"}</c> with a bearer secret and answers 2xx, perhaps with <c>{"reference"}</c>. The id is the Idempotency-Key
/// too. 408, 429 and 5xx mean later; any other refusal is final.
/// </summary>
public sealed class JsonSmsGateway(HttpClient http, Uri url, string? secret, TimeSpan timeout) : ISmsGateway
{
    const int MostAnswer = 4096; // bytes; a gateway that says more says nothing
    const int MostAtOnce = 16; // however many wait: no gateway wants a connection for each

    readonly Places<Uri> _gateway = new(MostAtOnce);

    public async Task<SmsOutcome> Send(SmsMessage message, CancellationToken stop)
    {
        using var place = await _gateway.Take(url, stop).ConfigureAwait(false); // waiting for one is no try, and takes none of its time
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonBody.Of(message, SmsWireJson.Default.SmsMessage) };
            request.Headers.Add("Idempotency-Key", message.Id);
            if (secret is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            return await Read(response, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new SmsOutcome.Unreached($"no answer within {timeout.TotalSeconds:0.#} s");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new SmsOutcome.Unreached(fault.Message);
        }
    }

    static async Task<SmsOutcome> Read(HttpResponseMessage response, CancellationToken stop)
    {
        var status = $"HTTP {(int)response.StatusCode}";
        if (response.IsSuccessStatusCode) return new SmsOutcome.Taken(await Reference(response, stop).ConfigureAwait(false));
        return response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500
            ? new SmsOutcome.Unreached(status)
            : new SmsOutcome.Refused(status);
    }

    /// <summary>What is not the form that we know has no name for the message, and took it all the same.</summary>
    static async Task<string?> Reference(HttpResponseMessage response, CancellationToken stop)
    {
        try
        {
            using var body = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
            var bytes = new byte[MostAnswer];
            var length = await body.ReadAtLeastAsync(bytes, MostAnswer, throwOnEndOfStream: false, stop).ConfigureAwait(false);
            return JsonSerializer.Deserialize(bytes.AsSpan(0, length), SmsWireJson.Default.SmsReceipt)?.Reference;
        }
        catch (Exception fault) when (fault is JsonException or IOException or OperationCanceledException)
        {
            return null;
        }
    }
}

/// <summary>What a gateway may answer.</summary>
public sealed record SmsReceipt(string? Reference);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SmsMessage))]
[JsonSerializable(typeof(SmsReceipt))]
sealed partial class SmsWireJson : JsonSerializerContext;

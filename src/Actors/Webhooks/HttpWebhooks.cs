using System.Net;
using System.Text;

namespace TeleCube.Actors.Webhooks;

/// <summary>
/// POSTs the body with the id as <c>Idempotency-Key</c>, the type as <c>TeleCube-Event</c> and a signature. 2xx takes it; 408, 429, 5xx and silence mean
/// later; any other answer is final. What the receiver says beyond its status is not read.
/// </summary>
public sealed class HttpWebhooks(HttpClient http, TimeSpan timeout, TimeProvider clock) : IWebhooks
{
    public async Task<WebhookOutcome> Post(OutgoingWebhook webhook, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new StringContent(webhook.Json, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", webhook.Id);
            request.Headers.Add("TeleCube-Event", webhook.Type);
            if (webhook.Secret is { } secret) request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(secret, webhook.Json, clock.GetUtcNow()));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            return Outcome(response.StatusCode);
        }
        catch (OperationCanceledException)
        {
            return new WebhookOutcome.Unreached($"no answer within {timeout.TotalSeconds:0.#} s");
        }
        catch (PrivateAddressException refused)
        {
            return new WebhookOutcome.Refused(refused.Message);
        }
        catch (HttpRequestException fault) when (fault.InnerException is PrivateAddressException refused)
        {
            return new WebhookOutcome.Refused(refused.Message);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new WebhookOutcome.Unreached(fault.Message);
        }
        catch (Exception fault) when (fault is UriFormatException or InvalidOperationException or FormatException)
        {
            return new WebhookOutcome.Refused($"the address cannot be used: {fault.Message}");
        }
    }

    static WebhookOutcome Outcome(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => new WebhookOutcome.Taken(),
        408 or 429 or >= 500 => new WebhookOutcome.Unreached($"HTTP {(int)status}"),
        _ => new WebhookOutcome.Refused($"HTTP {(int)status}"),
    };
}

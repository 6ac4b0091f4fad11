using System.Net;
using System.Text;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Webhooks;

/// <summary>How long a receiver may take, and how many webhooks of one company are on their way at the same time.</summary>
public sealed record WebhookPostOptions(TimeSpan Timeout, int PerCompany);

/// <summary>
/// POSTs the body with the id as <c>Idempotency-Key</c>, the type as <c>TeleCube-Event</c> and a signature. 2xx takes it; 408, 429, 5xx and silence mean
/// later; any other answer is final. What the receiver says beyond its status is not read. Each company has places of its own: what it posts beyond them
/// waits in turn, and holds up nobody else.
/// </summary>
public sealed class HttpWebhooks(HttpClient http, WebhookPostOptions options, TimeProvider clock) : IWebhooks
{
    readonly Places<TenantId> _companies = new(options.PerCompany);

    public async Task<WebhookOutcome> Post(OutgoingWebhook webhook, WebhookTarget target, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        ArgumentNullException.ThrowIfNull(target);
        var company = new TenantId(webhook.Tenant);
        using var place = await _companies.Take(company, stop).ConfigureAwait(false); // waiting for one is no try, and takes none of its time
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(options.Timeout);
        try
        {
            using var request = WebhookHttp.Post(company, new Uri(target.Url ?? ""), new StringContent(webhook.Json, Encoding.UTF8, "application/json"));
            request.Headers.Add("Idempotency-Key", webhook.Id);
            request.Headers.Add("TeleCube-Event", webhook.Type);
            if (target.Secret is { } secret) request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(secret, webhook.Json, clock.GetUtcNow()));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            return Outcome(response.StatusCode);
        }
        catch (OperationCanceledException)
        {
            return new WebhookOutcome.Unreached($"no answer within {options.Timeout.TotalSeconds:0.#} s");
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

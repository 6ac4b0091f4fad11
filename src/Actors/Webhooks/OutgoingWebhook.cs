using System.Text.Json.Serialization;

namespace TeleCube.Actors.Webhooks;

/// <summary>
/// One message to an address of a tenant's. The id stays the same over all tries, so that the receiver can tell a repeat. The type says what has happened, as
/// in the event stream (<c>voicemail.received</c>); the body is an object.
/// </summary>
public sealed record OutgoingWebhook(string Id, string Tenant, string Url, string Type, string Json)
{
    /// <summary>Signs the body (<see cref="WebhookSignature"/>); null for no signature.</summary>
    public string? Secret { get; init; }

    /// <summary>An address may hold a token of its own: logs name its host only.</summary>
    [JsonIgnore]
    public string Host => Uri.TryCreate(Url, UriKind.Absolute, out var url) ? url.Host : "";
}

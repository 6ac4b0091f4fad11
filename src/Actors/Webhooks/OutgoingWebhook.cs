namespace TeleCube.Actors.Webhooks;

/// <summary>
/// One message to an address of a tenant's. The id stays the same over all tries, so that the receiver can tell a repeat. The type says what has happened, as
/// in the event stream (<c>voicemail.received</c>); the body is an object.
/// </summary>
public sealed record OutgoingWebhook(string Id, string Tenant, string Type, string Json)
{
    /// <summary>
    /// Whose settings say where it goes and what signs it (<see cref="WebhookSource"/>). They are asked at each try: neither a secret nor an address, which may
    /// hold a token, stands in its journal.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>Of the address when it was queued; for logs and news.</summary>
    public string Host { get => field ?? WebhookAddress.HostOf(Url); init; }

    /// <summary>The address; in journals from before there was a source only.</summary>
    public string? Url { get; init; }

    /// <summary>What signs it; in journals from before there was a source only.</summary>
    public string? Secret { get; init; }

    /// <summary>A log may be given the whole record.</summary>
    public override string ToString() => $"{Type} {Id} to {Host}";
}

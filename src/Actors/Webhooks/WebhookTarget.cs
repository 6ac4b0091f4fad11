namespace TeleCube.Actors.Webhooks;

/// <summary>Where a webhook goes, and what signs it (null: nothing). Null for the address: there is none any more.</summary>
public sealed record WebhookTarget(string? Url, string? Secret)
{
    public static readonly WebhookTarget Gone = new(null, null);

    /// <summary>A log may be given the whole record.</summary>
    public override string ToString() => $"webhook to {WebhookAddress.HostOf(Url)}";
}

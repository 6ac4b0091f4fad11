namespace TeleCube.Node.Options;

/// <summary><c>telecube.webhooks</c>: what is posted to addresses that tenants name.</summary>
public sealed record WebhookSettings
{
    public required bool AllowPrivate { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required int Attempts { get; init; }

    public required TimeSpan RetryAfter { get; init; }
}

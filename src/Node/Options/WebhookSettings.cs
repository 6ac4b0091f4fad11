namespace TeleCube.Node.Options;

/// <summary><c>telecube.webhooks</c>: what is posted to addresses that tenants name, and what schemes ask there.</summary>
public sealed record WebhookSettings
{
    public required bool AllowPrivate { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required int Attempts { get; init; }

    public required TimeSpan RetryAfter { get; init; }

    public required int PerCompany { get; init; }

    public required int QuestionsPerCompany { get; init; }

    public required int QuestionsPerServer { get; init; }
}

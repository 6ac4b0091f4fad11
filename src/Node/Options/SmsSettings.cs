namespace TeleCube.Node.Options;

/// <summary><c>telecube.sms</c>: the way of SMS out of the exchange.</summary>
public sealed record SmsSettings
{
    public required string? GatewayUrl { get; init; }

    public required string? Secret { get; init; }

    public required string? SecretFile { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required int Attempts { get; init; }

    public required TimeSpan RetryAfter { get; init; }

    public required SchemeSmsSettings Schemes { get; init; }
}

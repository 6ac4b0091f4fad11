namespace TeleCube.Node.Options;

/// <summary>Everything below <c>telecube</c> in the configuration; hocon/reference.conf says what each key means and its default.</summary>
public sealed record TeleCubeOptions
{
    public required NodeOptions Node { get; init; }

    public required SipOptions Sip { get; init; }

    public required MediaSettings Media { get; init; }

    public required StorageOptions Storage { get; init; }

    public required CallSettings Call { get; init; }

    public required SmsSettings Sms { get; init; }

    public required WebhookSettings Webhooks { get; init; }

    public required ApiOptions Api { get; init; }

    public required LogOptions Log { get; init; }

    public required LimitsOptions Limits { get; init; }

    public required NumberingOptions Numbering { get; init; }
}

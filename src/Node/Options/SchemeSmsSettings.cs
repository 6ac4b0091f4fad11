namespace TeleCube.Node.Options;

/// <summary><c>telecube.sms.schemes</c>: how many SMS schemes may send.</summary>
public sealed record SchemeSmsSettings
{
    public required TimeSpan Within { get; init; }

    public required int PerCaller { get; init; }

    public required int PerReceiver { get; init; }

    public required int PerCompany { get; init; }
}

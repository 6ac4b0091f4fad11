namespace TeleCube.Node.Options;

/// <summary><c>telecube.call</c>: how long the steps of a call may take.</summary>
public sealed record CallSettings
{
    public required TimeSpan RingTimeout { get; init; }

    public required TimeSpan TrunkTimeout { get; init; }

    public required TimeSpan SetupTimeout { get; init; }

    public required TimeSpan MaxDuration { get; init; }

    public required int MaxForwards { get; init; }
}

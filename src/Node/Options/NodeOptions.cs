namespace TeleCube.Node.Options;

/// <summary><c>telecube.node</c>: who this node is and where it keeps its files.</summary>
public sealed record NodeOptions
{
    public required string Id { get; init; }

    public required string DataDirectory { get; init; }

    public required bool Demo { get; init; }

    public required TimeSpan StopWithin { get; init; }
}

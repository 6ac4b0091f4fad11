namespace TeleCube.Kernel.Actors;

/// <summary>The answer to a command whose events, if any, are durable.</summary>
public sealed record Accepted
{
    Accepted() { }

    public static readonly Accepted Instance = new();
}

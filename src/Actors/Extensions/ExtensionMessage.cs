namespace TeleCube.Actors.Extensions;

/// <summary>What is said to an extension's actor.</summary>
public abstract record ExtensionMessage
{
    ExtensionMessage() { }

    /// <summary>The extension was deleted: forget its phones.</summary>
    public sealed record Remove : ExtensionMessage;
}

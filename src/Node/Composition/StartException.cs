namespace TeleCube.Node.Composition;

/// <summary>The node can't start, and the message tells an operator what to do about it; no stack trace is of any use to him.</summary>
public sealed class StartException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The key below <c>telecube</c> that is to blame, so that it can be said where it was written.</summary>
    public string? Setting { get; init; }
}

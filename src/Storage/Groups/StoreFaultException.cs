namespace TeleCube.Storage.Groups;

/// <summary>The store, not a write, is at fault. When <paramref name="ambiguous"/>, the group may have been committed all the
/// same.</summary>
sealed class StoreFaultException(string reason, bool ambiguous, Exception cause) : Exception(reason, cause)
{
    public bool Ambiguous { get; } = ambiguous;

    /// <summary>Worth another try at once: a deadlock, a connection that died between two groups.</summary>
    public bool Passing { get; init; }
}

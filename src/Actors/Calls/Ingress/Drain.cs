namespace TeleCube.Actors.Calls.Ingress;

/// <summary>
/// Whether the operator empties this node: it begins no new call but emergency calls, and those that run go on to their end. A restart
/// ends it.
/// </summary>
public sealed class Drain
{
    // Boxed, so that it is read and written at once.
    volatile object? _since;

    /// <summary>Since when, or null when it takes calls.</summary>
    public DateTimeOffset? Since => (DateTimeOffset?)_since;

    public void Begin(DateTimeOffset now) => _since ??= now;

    public void End() => _since = null;
}

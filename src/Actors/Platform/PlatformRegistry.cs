namespace TeleCube.Actors.Platform;

/// <summary>Keeps the platform's last committed state for readers.</summary>
public sealed class PlatformRegistry : IPlatform
{
    volatile PlatformState _current = PlatformState.Initial;

    public PlatformState Current => _current;

    /// <summary>Called by the platform's actor, after the journal has the state.</summary>
    public void Publish(PlatformState state) => _current = state;
}

namespace TeleCube.Actors.Platform;

/// <summary>The platform as its actor last committed it; read without a lock and without waiting.</summary>
public interface IPlatform
{
    PlatformState Current { get; }
}

using TeleCube.Media.Messages;

namespace TeleCube.Media;

/// <summary>The boundary to the media engine: commands go in, events come out, nothing is shared, nobody waits.</summary>
public interface IMediaEngine
{
    void Send(MediaCommand command);
}

/// <summary>Receives the engine's events on a loop's thread; must not block.</summary>
public interface IMediaListener
{
    void Heard(MediaEvent happened);
}

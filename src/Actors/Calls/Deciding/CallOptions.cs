using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>Settings of calls, <c>telecube.call</c>.</summary>
public sealed record CallOptions
{
    /// <summary>A call that lasts longer is ended; a forgotten line costs money.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromHours(12);

    /// <summary>A call that nobody has answered by then is ended, whatever it is doing.</summary>
    public TimeSpan SetupTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>A trunk that has said nothing at all by then is passed over.</summary>
    public TimeSpan TrunkTimeout { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>RFC 4028: the interval that we ask for and the least that we take.</summary>
    public TimeSpan SessionExpires { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan MinSessionExpires { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>No RTP at all from a peer that is not on hold for this long ends the call.</summary>
    public TimeSpan MediaTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A transferor that does not hang up by itself is hung up on.</summary>
    public TimeSpan TransferorGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>WAV files of the music on hold, played in turn.</summary>
    public IReadOnlyList<string> MusicOnHold { get; init; } = [];

    /// <summary>The voice prompts that there are, by name.</summary>
    public IReadOnlyDictionary<string, PlaySource> Prompts { get; init; } = new Dictionary<string, PlaySource>();

    /// <summary>Of those prompts: numbers and times are put together by its grammar.</summary>
    public string Language { get; init; } = "pl";

    /// <summary>Full SIP messages on the timeline, or first lines only.</summary>
    public bool KeepMessages { get; init; } = true;
}

using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Voicemail;

/// <summary>
/// A message that lies in a box; ids sort by the time at which their calls began. The caller is null where it was withheld. The file is its audio in the blob
/// store: WAV, 8 kHz, mono, 16 bit.
/// </summary>
public sealed record VoicemailMessage(string Id, string? Caller, string? CallerName, DateTimeOffset ReceivedAt, TimeSpan Length, BlobName File)
{
    /// <summary>Null: nobody has heard it yet.</summary>
    public DateTimeOffset? HeardAt { get; init; }
}

/// <summary>What a caller is saying to a box, or has said, while it is no message yet.</summary>
public sealed record OpenRecording(string Id, string? Caller, string? CallerName, DateTimeOffset At)
{
    /// <summary>What callers will hear, and no message.</summary>
    public bool IsGreeting { get; init; }
}

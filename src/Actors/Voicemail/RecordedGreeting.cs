using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Voicemail;

/// <summary>What the owner of a box said by phone for its callers; the file is as those of messages are.</summary>
public sealed record RecordedGreeting(string Recording, TimeSpan Length, BlobName File, DateTimeOffset At);

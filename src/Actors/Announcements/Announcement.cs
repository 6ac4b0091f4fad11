using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Announcements;

/// <summary>A recording of the tenant's own that callers hear (Zapowiedź, PRODUCT §4), or one that stands in for a built-in prompt.</summary>
public sealed record Announcement(AnnouncementId Id)
{
    /// <summary>What is shorter nobody hears: it is no wait for a caller (the converter takes no such file any more).</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>The built-in prompt in whose place the tenant's callers hear this one; null for none.</summary>
    public string? Replaces { get; init; }

    /// <summary>The class of music whose piece it is; null for none. The pieces of a class are played in the order of their ids.</summary>
    public string? MusicClass { get; init; }

    /// <summary>Its audio in the blob store: WAV, 8 kHz, mono, 16 bit. A new recording is a new file.</summary>
    public BlobName File { get; init; }

    public TimeSpan Length { get; init; }

    public long Version { get; init; }
}

using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Media.Conversion;

namespace TeleCube.Actors.Announcements;

/// <summary>Takes an upload: converts it to what callers hear and keeps it as a file of the tenant's. No announcement names it yet.</summary>
public sealed class AnnouncementAudio(AudioConverter converter, IBlobStore blobs, TimeProvider clock)
{
    /// <summary>The upload must be able to seek, and stands at its beginning.</summary>
    public async Task<KeptAudio> Keep(TenantId tenant, Stream upload, CancellationToken stop = default)
    {
        using var converted = new MemoryStream(); // bounded by the longest that the converter lets through
        var result = await converter.Convert(upload, converted, stop).ConfigureAwait(false);
        if (result.Fault is { } fault) return new KeptAudio(default, default, fault);
        converted.Position = 0;
        var name = AnnouncementFiles.Name(tenant, clock.GetUtcNow());
        await blobs.Put(name, converted, stop).ConfigureAwait(false);
        return new KeptAudio(name, result.Audio!.Length, null);
    }
}

/// <summary>Where the audio lies and how long it is, or why it was not taken.</summary>
public sealed record KeptAudio(BlobName File, TimeSpan Length, AudioFault? Fault);

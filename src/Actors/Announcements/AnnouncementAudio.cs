using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Media.Conversion;

namespace TeleCube.Actors.Announcements;

/// <summary>Takes an upload: converts it to what callers hear and keeps it as a file of the tenant's. No announcement names it yet.</summary>
public sealed class AnnouncementAudio(AudioConverter converter, IBlobStore blobs, TimeProvider clock)
{
    /// <summary>
    /// What a tenant's folder may take, files that nothing names any more included, since replacing one audio over and over fills the disk as well: eighteen
    /// hours of sound. Uploads at one time may together exceed it by what they bring.
    /// </summary>
    public const long MostBytes = 1L << 30;

    static readonly Rejection _full = new(Refusals.TooMuchAudio, $"{MostBytes >> 20} MiB are allowed, with what was replaced or deleted in the last day");

    /// <summary>The upload must be able to seek, and stands at its beginning.</summary>
    public async Task<KeptAudio> Keep(TenantId tenant, Stream upload, CancellationToken stop = default)
    {
        using var converted = new MemoryStream(); // bounded by the longest that the converter lets through
        var result = await converter.Convert(upload, converted, stop).ConfigureAwait(false);
        if (result.Fault is { } fault) return new KeptAudio(default, default, fault);
        if (Stored(tenant) + converted.Length > MostBytes) return new KeptAudio(default, default, null, _full);
        converted.Position = 0;
        var name = AnnouncementFiles.Name(tenant, clock.GetUtcNow());
        await blobs.Put(name, converted, stop).ConfigureAwait(false);
        return new KeptAudio(name, result.Audio!.Length, null);
    }

    /// <summary>For audio that no announcement came to name: its command was refused.</summary>
    public void Discard(KeptAudio kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        try
        {
            blobs.Delete(kept.File);
        }
        catch (StoreUnavailableException)
        {
            // the sweep tries again
        }
    }

    long Stored(TenantId tenant) => AnnouncementFiles.Folder(tenant) is { } folder ? blobs.List(folder).Sum(blob => blob.Bytes) : 0;
}

/// <summary>Where the audio lies and how long it is, or why it was not taken: the file is at fault, or there is no room for it.</summary>
public sealed record KeptAudio(BlobName File, TimeSpan Length, AudioFault? Fault, Rejection? NoRoom = null);

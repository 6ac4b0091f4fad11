using TeleCube.Actors.Announcements;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Voicemail;

/// <summary>
/// Tells boxes to let go of messages that are too old, and deletes audio that no box has named for a day. A box that is not known at the moment is woken, and
/// its audio looked at the next time.
/// </summary>
public sealed class VoicemailSweep(ITenants tenants, IMailboxes mailboxes, ShardRegion region, IBlobStore blobs, RecordingFolder recordings, TimeProvider clock)
{
    /// <summary>Returns how many files were deleted, messages that grew too old not counted: their boxes do that.</summary>
    public async Task<int> Run(CancellationToken stop = default)
    {
        var now = clock.GetUtcNow();
        var unnamed = new UnnamedBlobs(blobs, now - AnnouncementSweep.Spares);
        foreach (var tenant in tenants.All)
        {
            foreach (var extension in tenant.Extensions.Values) Expire(tenant.Id, extension, now);
            if (VoicemailFiles.Folder(tenant.Id) is { } folder) unnamed.Sweep(folder, file => IsNamed(tenant.Id, file));
        }
        recordings.DropBefore(now - AnnouncementSweep.Spares);
        await unnamed.Mark(stop).ConfigureAwait(false);
        return unnamed.Swept;
    }

    void Expire(TenantId tenant, Extension extension, DateTimeOffset now)
    {
        if (mailboxes.Look(tenant, extension.Number) is { } box && MailboxRules.Old(box, now - extension.Voicemail.Retention).Any())
            region.Tell(MailboxEntity.Of(tenant, extension.Number), new MailboxCommand.Expire());
    }

    bool IsNamed(TenantId tenant, BlobName file)
    {
        if (!VoicemailFiles.TryBox(file, out var box)) return false;
        if (mailboxes.Look(tenant, box.Value) is { } known) return known.Greeting?.File == file || known.Messages.Values.Any(message => message.File == file);
        region.Tell(MailboxEntity.Of(tenant, box.Value), new MailboxCommand.Wake());
        return true;
    }
}

using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Media.Recording;

namespace TeleCube.Actors.Voicemail;

/// <summary>Makes a message of what the recorder wrote: WAV, 8 kHz, mono, 16 bit, in the blob store. What a killed process left is taken as far as it goes.</summary>
public sealed class VoicemailAudio(IBlobStore blobs, RecordingFolder folder)
{
    /// <summary>Who hung up at the tone has left no message.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);

    /// <summary>What a company's messages may take: eighteen hours of sound.</summary>
    public const long MostBytes = 1L << 30;

    /// <summary>Done twice, after a restart, it comes to the same. Throws <see cref="StoreUnavailableException"/> where it may be better later.</summary>
    public async Task<MailboxCommand> Keep(TenantId tenant, ExtensionNumber box, string recording, CancellationToken stop = default)
    {
        if (VoicemailFiles.Folder(tenant) is not { } all || VoicemailFiles.Name(tenant, box, recording) is not { } name)
            return new MailboxCommand.NotKept(recording, MailboxAnswer.Failed, "the tenant's id can't be a folder's name");
        using var file = RecordedFile.Open(folder.PathOf(recording));
        if (file is null || file.Length < Shortest) return TooShort(recording, $"{file?.Length.TotalSeconds ?? 0:0.#} s were recorded");
        var length = file.SpokenLength;
        if (length == TimeSpan.Zero) return TooShort(recording, $"nothing was said in {file.Length.TotalSeconds:0.#} s");
        if (blobs.PathOf(name) is not null) return new MailboxCommand.Kept(recording, name, length); // before a restart; whole, since it has its name
        if (blobs.List(all).Sum(blob => blob.Bytes) + file.PcmBytes > MostBytes)
            return new MailboxCommand.NotKept(recording, MailboxAnswer.Full, $"the company's messages take {MostBytes >> 20} MiB");
        using var converted = file.ToPcm(length); // bounded by the longest message
        await blobs.Put(name, converted, stop).ConfigureAwait(false);
        return new MailboxCommand.Kept(recording, name, length);
    }

    static MailboxCommand.NotKept TooShort(string recording, string reason) => new(recording, MailboxAnswer.TooShort, reason);

    /// <summary>What the recorder wrote is a message, or nothing, by now.</summary>
    public void DropRecording(string recording)
    {
        try
        {
            File.Delete(folder.PathOf(recording));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // the sweep tries again
        }
    }

    public void Discard(BlobName message)
    {
        try
        {
            blobs.Delete(message);
        }
        catch (StoreUnavailableException)
        {
            // the sweep tries again
        }
    }

    public string PathOf(string recording) => folder.PathOf(recording);
}

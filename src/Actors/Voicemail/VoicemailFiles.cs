using System.Diagnostics.CodeAnalysis;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Voicemail;

/// <summary>Where messages lie in the blob store: a folder for each tenant, each file named by its box and its recording.</summary>
static class VoicemailFiles
{
    const string Root = "voicemail";
    const string Extension = ".wav";

    /// <summary>Null for a tenant whose id can't be a folder's name.</summary>
    public static BlobName? Folder(TenantId tenant) => BlobName.TryParse($"{Root}/{tenant}", out var folder) ? folder : null;

    public static BlobName? Name(TenantId tenant, ExtensionNumber box, string recording) =>
        BlobName.TryParse($"{Root}/{tenant}/{box}-{recording}{Extension}", out var name) ? name : null;

    /// <summary>The name of the file as a sound that callers hear.</summary>
    public static SoundId Sound(BlobName file) => SoundId.OfMessage(Path.GetFileNameWithoutExtension(file.Value));

    public static BlobName? Of(TenantId tenant, string message) => BlobName.TryParse($"{Root}/{tenant}/{message}{Extension}", out var name) ? name : null;

    public static bool TryBox(BlobName file, [NotNullWhen(true)] out ExtensionNumber? box)
    {
        box = ExtensionNumber.TryParse(Path.GetFileName(file.Value).Split('-')[0], out var number) ? number : null;
        return box is not null;
    }
}

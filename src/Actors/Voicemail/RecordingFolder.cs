namespace TeleCube.Actors.Voicemail;

/// <summary>Where the recorder writes while a caller speaks; what is whole goes on to the blob store.</summary>
public sealed class RecordingFolder
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    readonly DirectoryInfo _root;

    public RecordingFolder(string root)
    {
        _root = OperatingSystem.IsWindows() ? Directory.CreateDirectory(root) : Directory.CreateDirectory(root, OwnerOnly);
    }

    public string PathOf(string recording) => Path.Combine(_root.FullName, recording + ".wav");

    /// <summary>Of which nobody knows: their box never heard that they began.</summary>
    public void DropBefore(DateTimeOffset before)
    {
        foreach (var left in _root.EnumerateFiles("*.wav").Where(file => file.LastWriteTimeUtc < before)) left.Delete();
    }
}

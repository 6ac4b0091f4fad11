using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage.Blobs;

/// <summary>
/// Blobs as files below one directory, on a disk of this machine or one that the nodes of a cluster share. A file comes to its name by a rename after
/// it is on the disk: after a power cut it is whole or not there, and no reader ever sees half of one.
/// </summary>
public sealed class DirectoryBlobs : IBlobStore
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>No part of a blob's name begins with a dot, so what is still being written is never taken for a blob.</summary>
    const string Unfinished = ".unfinished-";

    /// <summary>Names that begin with a dot are hidden, which an enumeration with options skips unless told.</summary>
    static readonly EnumerationOptions _all = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    readonly string _root;

    public DirectoryBlobs(string root)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        MakeFolder(_root);
    }

    public async Task Put(BlobName name, Stream content, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var path = Full(name);
        try
        {
            await Write(path, content, stop).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"{name} could not be written: {fault.Message}", fault);
        }
    }

    public Stream? Open(BlobName name)
    {
        try
        {
            return new FileStream(Full(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"{name} could not be read: {fault.Message}", fault);
        }
    }

    public string? PathOf(BlobName name) => Full(name) is var path && File.Exists(path) ? path : null;

    public void Delete(BlobName name)
    {
        try
        {
            File.Delete(Full(name));
        }
        catch (DirectoryNotFoundException)
        {
            // its folder was never made
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"{name} could not be deleted: {fault.Message}", fault);
        }
    }

    public IReadOnlyList<StoredBlob> List(BlobName folder)
    {
        var directory = new DirectoryInfo(Full(folder));
        return directory.Exists ? [.. directory.EnumerateFiles().Select(file => Stored(folder, file)).OfType<StoredBlob>()] : [];
    }

    public void DropUnfinished(BlobName folder, DateTimeOffset before)
    {
        var directory = new DirectoryInfo(Full(folder));
        if (!directory.Exists) return;
        try
        {
            foreach (var left in directory.EnumerateFiles(Unfinished + "*", _all).Where(file => file.LastWriteTimeUtc < before)) left.Delete();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"what is unfinished below {folder} could not be deleted: {fault.Message}", fault);
        }
    }

    static StoredBlob? Stored(BlobName folder, FileInfo file) => BlobName.TryParse($"{folder}/{file.Name}", out var name)
        ? new StoredBlob(name, file.Length, file.LastWriteTimeUtc)
        : null;

    async Task Write(string path, Stream content, CancellationToken stop)
    {
        var folder = Path.GetDirectoryName(path)!;
        MakeFolder(folder);
        var unfinished = Path.Combine(folder, Unfinished + Guid.NewGuid().ToString("N"));
        try
        {
            var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
            if (!OperatingSystem.IsWindows()) how.UnixCreateMode = OwnerOnly;
            var file = new FileStream(unfinished, how);
            await using (file.ConfigureAwait(false))
            {
                await content.CopyToAsync(file, stop).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, path, overwrite: false);
            // The rename itself is on the disk only when the folder is, and the folder when those above it are: another write may have made them just now.
            for (var level = folder; level.Length >= _root.Length; level = Path.GetDirectoryName(level)!) FolderSync.Run(level);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        var parent = Path.GetDirectoryName(folder)!; // the root is always there
        MakeFolder(parent);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        FolderSync.Run(parent);
    }

    string Full(BlobName name) => name.Value.Length == 0
        ? throw new ArgumentException("a blob needs a name", nameof(name))
        : Path.Combine(_root, name.Value);
}

using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Persistence;
using TeleCube.Node.Options;
using TeleCube.Storage;
using TeleCube.Storage.Blobs;

namespace TeleCube.Node.Composition;

/// <summary>Opens what an exchange finds on the disk or in its database; what cannot be opened stops the start and says what to do.</summary>
sealed class Opening(TeleCubeOptions options, TimeProvider clock, ILoggerFactory logs)
{
    public async Task<IStore> Store(IReadOnlyList<ReadModel> models, CancellationToken stop)
    {
        try
        {
            return await TeleCube.Storage.Store.Open(options.ForStore(), models, clock, logs.CreateLogger<IStore>(), stop);
        }
        catch (StoreStartException problem)
        {
            throw new StartException(problem.Message, problem) { Setting = "storage" };
        }
    }

    public DirectoryBlobs Blobs()
    {
        try
        {
            return new DirectoryBlobs(options.ForBlobs());
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"telecube.storage.blobs: {options.ForBlobs()} can't be made ({problem.Message}); name another directory.", problem) { Setting = "storage.blobs" };
        }
    }

    public RecordingFolder Recordings()
    {
        var folder = Path.Combine(options.Node.DataDirectory, "recording");
        try
        {
            return new RecordingFolder(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{folder} can't be made ({problem.Message}); name another data directory.", problem) { Setting = "node.data-directory" };
        }
    }
}

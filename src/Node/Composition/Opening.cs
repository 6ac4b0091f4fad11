using TeleCube.Actors.Numbers;
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

    public NumberingPlan Numbering()
    {
        if (options.Numbering.Plan is not { } path) return NumberingPlan.Embedded;
        using var text = OpenText(path);
        return NumberingPlan.TryParse(text, out var plan, out var errors)
            ? plan
            : throw new StartException($"telecube.numbering.plan: {path} has errors:\n  {string.Join("\n  ", errors.Take(10))}\nMend it, or leave it out.") { Setting = "numbering.plan" };
    }

    static StreamReader OpenText(string path)
    {
        try
        {
            return File.OpenText(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"telecube.numbering.plan: {path} can't be read ({problem.Message}); name another file, or leave it out.", problem) { Setting = "numbering.plan" };
        }
    }
}

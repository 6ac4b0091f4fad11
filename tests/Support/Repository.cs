namespace TeleCube.Tests.Support;

/// <summary>Where the repository's own files are: tests run from deep below it.</summary>
public static class Repository
{
    public static string Folder { get; } = Find(AppContext.BaseDirectory);

    static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TeleCube.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException($"{start} is not inside a checkout of TeleCube");
    }
}

namespace TeleCube.Node.Hocon;

/// <summary>A text with a name for errors, and the folder that its includes are relative to.</summary>
public sealed record HoconSource(string Name, string Text, string? Folder = null)
{
    /// <summary>The path of a file that this one includes.</summary>
    public string Resolve(string file) => Folder is null ? file : Path.Combine(Folder, file);

    public static HoconSource Read(string file, HoconPosition from)
    {
        try
        {
            return new(file, File.ReadAllText(file), Path.GetDirectoryName(file));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new HoconException(from, $"the file {file} can't be read: {problem.Message}");
        }
    }
}

namespace TeleCube.Node.Composition;

/// <summary>Where the node keeps its files.</summary>
static class DataDirectory
{
    /// <summary>Makes it if need be, for this user alone, and tries to write there.</summary>
    public static void Prepare(string directory)
    {
        try
        {
            if (!Directory.Exists(directory))
            {
                Directory.CreateDirectory(directory);
                if (OperatingSystem.IsLinux()) File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
            var trial = Path.Combine(directory, $".write-{Environment.ProcessId}");
            File.WriteAllText(trial, "");
            File.Delete(trial);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"the data directory {directory} can't be written to ({problem.Message}); "
                + "name another with --data, or give this user the right to.", problem)
            { Setting = "node.data-directory" };
        }
    }
}

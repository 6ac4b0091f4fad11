namespace TeleCube.Tests.Support.Processes;

/// <summary>A program that a test needs. One that is missing fails the test and says what to type; it never skips it.</summary>
public static class Tool
{
    /// <summary>The full name of a program on PATH.</summary>
    public static string Find(string name, string package)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/sbin"]);
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"{name} is missing: type 'sudo apt-get install -y {package}', or let ./test install it");
    }
}

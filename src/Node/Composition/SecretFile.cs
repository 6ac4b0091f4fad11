namespace TeleCube.Node.Composition;

/// <summary>Keeps a secret in a file for this user alone.</summary>
static class SecretFile
{
    public static void Write(string path, string secret)
    {
        // Complete or not there at all: a half-written key would lock out what it signed. Closed to others before it holds anything.
        var draft = path + ".new";
        File.WriteAllText(draft, "");
        if (OperatingSystem.IsLinux()) File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(draft, secret);
        File.Move(draft, path);
    }
}

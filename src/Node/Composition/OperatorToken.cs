using System.Buffers.Text;
using System.Security.Cryptography;
using TeleCube.Node.Options;

namespace TeleCube.Node.Composition;

/// <summary>
/// The operator's token: from the configuration, else made at the first start, kept in
/// the data directory for this user alone, and printed once.
/// </summary>
static class OperatorToken
{
    const int Bytes = 24;

    /// <summary>The token, and whether it was made now.</summary>
    public static (string Token, bool New) Of(TeleCubeOptions options)
    {
        if (options.Api.OperatorToken is { } configured) return (configured, false);
        var path = Path.Combine(options.Node.DataDirectory, "operator.token");
        if (File.Exists(path)) return (File.ReadAllText(path).Trim(), false);

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        File.WriteAllText(path, token);
        if (OperatingSystem.IsLinux()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return (token, true);
    }
}

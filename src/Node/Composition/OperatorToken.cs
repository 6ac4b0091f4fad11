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
    const int Shortest = 16;

    /// <summary>The token, and whether it was made now.</summary>
    public static (string Token, bool New) Of(TeleCubeOptions options)
    {
        if (options.Api.OperatorToken is { } configured) return (configured, false);
        var path = Path.Combine(options.Node.DataDirectory, "operator.token");
        if (File.Exists(path)) return (Read(path), false);

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        SecretFile.Write(path, token);
        return (token, true);
    }

    // Of a file that was cut off, a token remains that nobody has, or that anybody guesses.
    static string Read(string path)
    {
        var token = File.ReadAllText(path).Trim();
        return token.Length >= Shortest
            ? token
            : throw new StartException($"{path} holds {token.Length} characters, and an operator's token has at least {Shortest}; "
                + "delete the file, and the next start makes a new one.");
    }
}

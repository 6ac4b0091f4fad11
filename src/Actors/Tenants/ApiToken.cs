using System.Security.Cryptography;
using System.Text;

namespace TeleCube.Actors.Tenants;

/// <summary>An API token of a tenant: only the SHA-256 of its secret is kept, which suffices for 256 random bits.</summary>
public sealed record ApiToken(ApiTokenId Id, string Name, UserRole Role, string SecretHash, DateTimeOffset CreatedAt)
{
    public DateTimeOffset? ExpiresAt { get; init; }

    public long Version { get; init; }

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public bool Accepts(string secret, DateTimeOffset now) => !(ExpiresAt <= now) && CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(HashOf(secret)), Encoding.ASCII.GetBytes(SecretHash));
}

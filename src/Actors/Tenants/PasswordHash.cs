using System.Security.Cryptography;

namespace TeleCube.Actors.Tenants;

/// <summary>
/// A user's password as it is kept: PBKDF2-HMAC-SHA-512 with its own salt and count. Slow by intent: call it at the edge, never in an
/// actor.
/// </summary>
public sealed record PasswordHash(int Iterations, string Salt, string Hash)
{
    const int DefaultIterations = 210_000; // OWASP's figure for PBKDF2-HMAC-SHA512
    const int SaltBytes = 16;
    const int HashBytes = 32;

    public static PasswordHash Of(string password) => Of(password, RandomNumberGenerator.GetBytes(SaltBytes), DefaultIterations);

    public static PasswordHash Of(string password, byte[] salt, int iterations) =>
        new(iterations, Convert.ToBase64String(salt), Convert.ToBase64String(Derive(password, salt, iterations)));

    public bool Verify(string password) => CryptographicOperations.FixedTimeEquals(
        Derive(password, Convert.FromBase64String(Salt), Iterations), Convert.FromBase64String(Hash));

    static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, HashBytes);

    public override string ToString() => "PasswordHash";
}

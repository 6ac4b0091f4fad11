using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Identity;

/// <summary>
/// What a session token says; <paramref name="Password"/> marks the password it was made with, so that a new one ends old sessions.
/// </summary>
public sealed record SessionTicket(string Id, TenantId Tenant, UserId User, string Password, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    const int MarkLength = 12;

    public static string MarkOf(PasswordHash password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return password.Salt[..Math.Min(MarkLength, password.Salt.Length)]; // random for each new password, and tells nothing about it
    }
}

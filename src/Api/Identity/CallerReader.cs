using System.Security.Cryptography;
using System.Text;
using TeleCube.Actors.Tenants;

namespace TeleCube.Api.Identity;

/// <summary>Finds out who holds a token. Roles and revocations are read from the tenant as it is now, not from the token.</summary>
public sealed class CallerReader(
    ApiSettings settings, SessionSeal seal, RevokedSessions revoked, TenantLookup tenants, TimeProvider clock)
{
    readonly byte[] _operator = SHA256.HashData(Encoding.UTF8.GetBytes(settings.OperatorToken));

    public async ValueTask<Caller?> Read(string token, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.StartsWith(SessionSeal.Prefix, StringComparison.Ordinal)) return await OfSession(token, stop);
        if (token.StartsWith(ApiTokenText.Prefix, StringComparison.Ordinal)) return await OfApiToken(token, stop);
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), _operator) ? Caller.Operator : null;
    }

    async ValueTask<Caller?> OfSession(string token, CancellationToken stop)
    {
        if (seal.Open(token) is not { } ticket || await revoked.Has(ticket, stop)) return null;
        if (await tenants.Find(ticket.Tenant, stop) is not { Status: not TenantStatus.Closed } tenant) return null;
        return tenant.Users.GetValueOrDefault(ticket.User) is { Disabled: false } user && SessionTicket.MarkOf(user.Password) == ticket.Password
            ? new Caller(user.Login, tenant.Id, user.Role) { Session = ticket }
            : null;
    }

    async ValueTask<Caller?> OfApiToken(string text, CancellationToken stop)
    {
        if (ApiTokenText.Parse(text) is not { } given) return null;
        if (await tenants.Find(given.Tenant, stop) is not { Status: not TenantStatus.Closed } tenant) return null;
        return tenant.ApiTokens.GetValueOrDefault(given.Id) is { } token && token.Accepts(given.Secret, clock.GetUtcNow())
            ? new Caller($"token {token.Id}", tenant.Id, token.Role) { Token = token.Id }
            : null;
    }
}

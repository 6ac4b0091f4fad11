using System.Buffers.Text;
using System.Security.Cryptography;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Text;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Identity;

/// <summary>An API token as its holder has it: <c>tct_tenant.id.secret</c>.</summary>
public sealed record ApiTokenText(TenantId Tenant, ApiTokenId Id, string Secret)
{
    public const string Prefix = "tct_";
    const int SecretBytes = 32;

    public static ApiTokenText New(TenantId tenant, ApiTokenId id) =>
        new(tenant, id, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    public static ApiTokenText? Parse(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        var parts = token[Prefix.Length..].Split('.');
        return parts is [var tenant, var id, var secret] && Identifier.IsValid(tenant) && ApiTokenId.TryParse(id, null, out var tokenId)
            ? new ApiTokenText(new TenantId(tenant), tokenId, secret)
            : null;
    }

    public override string ToString() => $"{Prefix}{Tenant}.{Id}.{Secret}";
}

using System.Security.Claims;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Identity;

/// <summary>Who makes a request: the operator (no tenant), or a user or token of one tenant.</summary>
public sealed record Caller(string Name, TenantId? Tenant, UserRole Role)
{
    const string TenantClaim = "tenant";

    public static readonly Caller Operator = new("operator", null, UserRole.Administrator);

    /// <summary>The session's id and end, for users that signed in.</summary>
    public SessionTicket? Session { get; init; }

    /// <summary>The API token's id, for programs.</summary>
    public ApiTokenId? Token { get; init; }

    public bool IsOperator => Tenant is null;

    /// <summary>The operator may do everything everywhere; others in their own tenant only.</summary>
    public bool MayEnter(TenantId tenant) => IsOperator || Tenant == tenant;

    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new CallerIdentity(this, scheme);
        if (Tenant is { } tenant) identity.AddClaim(new Claim(TenantClaim, tenant.Value));
        return new ClaimsPrincipal(identity);
    }

    public static Caller? Of(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return (principal.Identity as CallerIdentity)?.Caller;
    }

    public static ValueTask<Caller?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(Of(context.User));
    }

    sealed class CallerIdentity(Caller caller, string scheme) : ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Name)], scheme)
    {
        public Caller Caller => caller;
    }
}

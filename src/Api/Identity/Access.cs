using Microsoft.AspNetCore.Authorization;
using TeleCube.Actors.Tenants;

namespace TeleCube.Api.Identity;

/// <summary>What a route asks of its caller.</summary>
static class Access
{
    /// <summary>The platform's operator alone.</summary>
    public static T ForOperator<T>(this T routes) where T : IEndpointConventionBuilder => routes.Require(new OperatorOnly());

    /// <summary>Users and tokens of the tenant named in the route, and the operator: the isolation of tenants, in one place.</summary>
    public static T ForTenant<T>(this T routes) where T : IEndpointConventionBuilder => routes.Require(new TenantMember());

    /// <summary>At least this role.</summary>
    public static T For<T>(this T routes, UserRole role) where T : IEndpointConventionBuilder => routes.Require(new RoleAtLeast(role));

    static T Require<T>(this T routes, IAuthorizationRequirement requirement) where T : IEndpointConventionBuilder =>
        routes.RequireAuthorization(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(requirement).Build());
}

/// <summary>The installation's operator and nobody else.</summary>
sealed record OperatorOnly : IAuthorizationRequirement;

/// <summary>Somebody of the tenant that the path names, or the operator.</summary>
sealed record TenantMember : IAuthorizationRequirement;

/// <summary>A member of the tenant with this role or a higher one.</summary>
sealed record RoleAtLeast(UserRole Role) : IAuthorizationRequirement;

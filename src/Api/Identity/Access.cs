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

sealed record OperatorOnly : IAuthorizationRequirement;

sealed record TenantMember : IAuthorizationRequirement;

sealed record RoleAtLeast(UserRole Role) : IAuthorizationRequirement;

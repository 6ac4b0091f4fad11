using Microsoft.AspNetCore.Authorization;
using TeleCube.Actors;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Identity;

/// <summary>Decides what <see cref="Access"/> asks. A strange tenant fails with a reason, by which it becomes 404 instead of 403.</summary>
public sealed class AccessHandler(IHttpContextAccessor requests, TenantLookup tenants) : IAuthorizationHandler
{
    public async Task HandleAsync(AuthorizationHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Caller.Of(context.User) is not { } caller) return;
        foreach (var requirement in context.PendingRequirements.ToList())
        {
            switch (requirement)
            {
                case OperatorOnly when caller.IsOperator: context.Succeed(requirement); break;
                case RoleAtLeast(var role) when caller.Role >= role: context.Succeed(requirement); break;
                case TenantMember when await MayEnter(caller): context.Succeed(requirement); break;
                case TenantMember: context.Fail(new AuthorizationFailureReason(this, Refusals.NoSuchTenant)); break;
            }
        }
    }

    async ValueTask<bool> MayEnter(Caller caller)
    {
        var request = requests.HttpContext!;
        if (request.GetRouteValue("tenantId") is not string text || !caller.MayEnter(new TenantId(text))) return false;
        return await tenants.Find(new TenantId(text), request.RequestAborted) is { Status: not TenantStatus.None };
    }
}

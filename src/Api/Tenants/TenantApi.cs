using Microsoft.AspNetCore.Http.HttpResults;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Tenants;

/// <summary>The tenant itself, as its own people see it.</summary>
static class TenantApi
{
    public static void MapTenant(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("", Get).For(UserRole.Consultant).WithTags("Tenant").WithSummary("The tenant itself");
    }

    static async Task<Results<Tagged<OwnTenantView>, Refused>> Get(TenantId tenantId, EntityDesk desk, CancellationToken stop)
    {
        var tenant = await desk.Tenant(tenantId, stop);
        return new Tagged<OwnTenantView>(OwnTenantView.Of(tenant), tenant.Version);
    }
}

/// <summary>A tenant without what only the operator decides about.</summary>
public sealed record OwnTenantView(
    string Id, string Name, string LoginPrefix, string TimeZone, string Package, string Tariff, TenantStatus Status, TenantCounts Counts)
{
    internal static OwnTenantView Of(TenantState tenant) => new(
        tenant.Id.Value, tenant.Name, tenant.LoginPrefix, tenant.TimeZone, tenant.Package.Value, tenant.Tariff.Value, tenant.Status,
        new TenantCounts(tenant.Extensions.Count, tenant.PhoneNumbers.Count, tenant.ExternalNumbers.Count, tenant.Users.Count));
}

/// <summary>How many of each a tenant has.</summary>
public sealed record TenantCounts(int Extensions, int PhoneNumbers, int ExternalNumbers, int Users);

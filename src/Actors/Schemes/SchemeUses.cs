using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Schemes;

/// <summary>Which schemes need what: nothing is deleted under a version by which new calls go.</summary>
static class SchemeUses
{
    /// <summary>The first scheme whose current version has such a need, as a refusal names it; or null.</summary>
    public static string? Of(TenantState tenant, Func<ElementNeed, bool> isIt, SchemeId? except = null)
    {
        var user = tenant.Schemes.Values.FirstOrDefault(
            scheme => scheme.Id != except && scheme.CurrentGraph?.Elements.Any(element => element.Needs.Any(isIt)) == true);
        return user is null ? null : $"scheme {user.Id}";
    }
}

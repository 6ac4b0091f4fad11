using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Tenants;

/// <summary>The tenants that live on this node, as their actors last committed them; read without a lock and without waiting.</summary>
public interface ITenants
{
    TenantState? Find(TenantId id);

    TenantState? ByPhoneNumber(E164 number);

    /// <summary>By <c>firmaabcde_10</c>: the tenant and its extension.</summary>
    (TenantState Tenant, Extension Extension)? BySipUser(string sipUser);

    IReadOnlyCollection<TenantState> All { get; }
}

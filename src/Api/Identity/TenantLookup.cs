using TeleCube.Actors.Platform;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Identity;

/// <summary>
/// A tenant's state: from memory, or from its actor if that is not up yet. One that the platform does not know is never started.
/// </summary>
public sealed class TenantLookup(ITenants tenants, IPlatform platform, EntityDesk desk)
{
    /// <summary>Those in memory, for when nothing else can be asked.</summary>
    public IEnumerable<TenantState> Running => tenants.All;

    public async ValueTask<TenantState?> Find(TenantId id, CancellationToken stop)
    {
        if (tenants.Find(id) is { } running) return running;
        if (platform.Current.Tenant(id) is null) return null;
        return await desk.Tenant(id, stop) is { Status: not TenantStatus.None } started ? started : null;
    }
}

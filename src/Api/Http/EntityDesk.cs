using TeleCube.Actors;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Http;

/// <summary>Where the API asks the actors: a command is answered by a rejection or null, a question by the committed state.</summary>
public sealed class EntityDesk(ShardRegion region)
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>Asked after a command, so that the answer shows what was saved.</summary>
    public Task<TenantState> Tenant(TenantId id, CancellationToken stop) =>
        region.Ask<TenantState>(EntityKinds.Tenant(id), new GetTenant(), _patience, stop);

    public Task<PlatformState> Platform(CancellationToken stop) =>
        region.Ask<PlatformState>(EntityKinds.Platform, new GetPlatform(), _patience, stop);

    public Task<Rejection?> Tell(TenantId id, TenantCommand command, CancellationToken stop) => Ask(EntityKinds.Tenant(id), command, stop);

    public Task<Rejection?> Tell(PlatformCommand command, CancellationToken stop) => Ask(EntityKinds.Platform, command, stop);

    public Task<T> Ask<T>(EntityId id, object question, CancellationToken stop) => region.Ask<T>(id, question, _patience, stop);

    /// <summary>As <see cref="Ask(EntityId, object, CancellationToken)"/>, for an entity whose id has just been made.</summary>
    internal async Task<Rejection?> Begin(EntityId id, object command, CancellationToken stop) =>
        await region.Begin<object>(id, command, _patience, stop) as Rejection;

    internal async Task<Rejection?> Ask(EntityId id, object command, CancellationToken stop) =>
        await region.Ask<object>(id, command, _patience, stop) as Rejection;
}

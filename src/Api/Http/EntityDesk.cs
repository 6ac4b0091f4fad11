using TeleCube.Actors;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;
using TeleCube.Api.Audit;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Http;

/// <summary>
/// Where the API asks the actors: a command is answered by a rejection or null, a question by the committed state. Each command takes the
/// audit log's entry with it, which is written in the same transaction as what it changes.
/// </summary>
public sealed class EntityDesk(ShardRegion region, AuditTrail audit)
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>Asked after a command, so that the answer shows what was saved.</summary>
    public Task<TenantState> Tenant(TenantId id, CancellationToken stop) =>
        region.Ask<TenantState>(EntityKinds.Tenant(id), new GetTenant(), _patience, stop);

    public Task<PlatformState> Platform(CancellationToken stop) =>
        region.Ask<PlatformState>(EntityKinds.Platform, new GetPlatform(), _patience, stop);

    public Task<Rejection?> Tell(TenantId id, TenantCommand command, CancellationToken stop) =>
        Ask(EntityKinds.Tenant(id), Recorded(command, AuditSubjects.Of(id, command)), stop);

    public Task<Rejection?> Tell(TenantId id, DistributorCommand command, CancellationToken stop) =>
        Ask(DistributorEntity.Of(id), Recorded(command, AuditSubjects.Of(id, command)), stop);

    public Task<Rejection?> Tell(PlatformCommand command, CancellationToken stop) =>
        Ask(EntityKinds.Platform, Recorded(command, AuditSubjects.Of(command)), stop);

    public Task<Rejection?> Tell(EntityId call, CallCommand command, CancellationToken stop) =>
        Ask(call, new CallCommand.Asked(command, audit.Entry(AuditSubjects.Of(call, command))), stop);

    public Task<Rejection?> Tell(EntityId box, MailboxCommand command, CancellationToken stop) =>
        Ask(box, Recorded(command, AuditSubjects.Of(box, command)), stop);

    public Task<T> Ask<T>(EntityId id, object question, CancellationToken stop) => region.Ask<T>(id, question, _patience, stop);

    /// <summary>As <see cref="Tell(EntityId, CallCommand, CancellationToken)"/>, for a call whose id has just been made.</summary>
    public async Task<Rejection?> Begin(EntityId call, CallCommand command, CancellationToken stop) =>
        await region.Begin<object>(call, new CallCommand.Asked(command, audit.Entry(AuditSubjects.Of(call, command))), _patience, stop) as Rejection;

    Recorded Recorded(object command, AuditSubject subject) => new(command, [AuditLog.Row(audit.Entry(subject))]);

    async Task<Rejection?> Ask(EntityId id, object command, CancellationToken stop) =>
        await region.Ask<object>(id, command, _patience, stop) as Rejection;
}

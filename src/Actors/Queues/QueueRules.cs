using System.Diagnostics;
using System.Text.Json;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Text;
using TeleCube.Kernel.Persistence;
using static TeleCube.Actors.Tenants.TenantCommand;
using static TeleCube.Actors.Tenants.TenantEvent;

namespace TeleCube.Actors.Queues;

/// <summary>
/// Kolejki: a number of the company's own space, consultants that are there, and nothing that leads to a queue which is gone (PRODUCT §5).
/// </summary>
static class QueueRules
{
    /// <summary>More than a company of this size works with; each is looked at with every call that comes or ends.</summary>
    public const int Most = 100;

    public static Decision<TenantEvent> Decide(TenantState tenant, TenantCommand command, TenantContext context) => command switch
    {
        CreateQueue(var queue) => Create(tenant, queue, context),
        UpdateQueue(var queue, var ifMatch) => Update(tenant, queue, ifMatch),
        DeleteQueue(var number, var ifMatch) => Delete(tenant, number, ifMatch),
        _ => throw new UnreachableException($"{command.GetType().Name} is no queue's command"),
    };

    static Decision<TenantEvent> Create(TenantState tenant, Queue queue, TenantContext context)
    {
        if (NumberSpace.Fault(tenant, queue.Number, context.Plan, Refusals.QueueExists) is { } taken) return taken;
        if (tenant.Queues.Count >= Most) return Decision<TenantEvent>.Reject(Refusals.TooManyQueues, $"{Most} are allowed");
        return Fault(tenant, queue) is { } fault ? fault : new QueueSaved(queue);
    }

    static Decision<TenantEvent> Update(TenantState tenant, Queue queue, long? ifMatch)
    {
        if (!tenant.Queues.TryGetValue(queue.Number, out var old))
            return Decision<TenantEvent>.Reject(Refusals.NoSuchQueue, queue.Number.Value);
        if (Versions.Check(ifMatch, old.Version) is { } stale) return stale;
        var changed = queue with { Version = old.Version };
        if (Same(changed, old)) return Decision<TenantEvent>.Nothing;
        if (Fault(tenant, changed) is { } fault) return fault;
        return Stranded(tenant, changed) is { } asks ? Decision<TenantEvent>.Reject(Refusals.QueueInUse, asks) : new QueueSaved(changed);
    }

    /// <summary>The scheme that sends callers here for a skill which the last consultant would lose: they would wait for nobody.</summary>
    static string? Stranded(TenantState tenant, Queue changed)
    {
        var after = tenant with { Queues = tenant.Queues.SetItem(changed.Number, changed) };
        return SchemeUses.Of(tenant, need => need is ElementNeed.Skill && need.IsMet(tenant) && !need.IsMet(after)) is { } scheme
            ? $"{scheme} asks for a skill that no consultant would have any more"
            : null;
    }

    static Decision<TenantEvent> Delete(TenantState tenant, ExtensionNumber number, long? ifMatch)
    {
        if (!tenant.Queues.TryGetValue(number, out var old)) return Decision<TenantEvent>.Reject(Refusals.NoSuchQueue, number.Value);
        if (Versions.Check(ifMatch, old.Version) is { } stale) return stale;
        var user = tenant.UserOf(number, new ForwardTarget.ToQueue(number))
            ?? SchemeUses.Of(tenant, need => need is ElementNeed.Queue(_, var needed) && needed == number);
        return user is null ? new QueueDeleted(number) : Decision<TenantEvent>.Reject(Refusals.QueueInUse, user);
    }

    /// <summary>The API names all of them, by the same rules; here the first one is enough.</summary>
    static Rejection? Fault(TenantState tenant, Queue queue) =>
        QueueFaults.Of(queue, tenant).FirstOrDefault() is { } fault ? new Rejection(Refusals.InvalidValue, fault.Field) : null;

    static bool Same(Queue queue, Queue other) =>
        JsonSerializer.Serialize(queue, DomainJson.Default.Queue) == JsonSerializer.Serialize(other, DomainJson.Default.Queue);
}

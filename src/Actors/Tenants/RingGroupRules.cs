using System.Diagnostics;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Kernel.Persistence;
using static TeleCube.Actors.Tenants.TenantCommand;
using static TeleCube.Actors.Tenants.TenantEvent;

namespace TeleCube.Actors.Tenants;

/// <summary>Grupy: a number of the company's own space, members that are there, and nothing that leads to a group which is gone.</summary>
public static class RingGroupRules
{
    const int Most = 100;

    internal static Decision<TenantEvent> Decide(TenantState tenant, TenantCommand command, TenantContext context) => command switch
    {
        CreateRingGroup(var group) => Create(tenant, group, context),
        UpdateRingGroup(var group, var ifMatch) => Update(tenant, group, ifMatch),
        DeleteRingGroup(var number, var ifMatch) => Delete(tenant, number, ifMatch),
        _ => throw new UnreachableException($"{command.GetType().Name} is no ring group's command"),
    };

    static Decision<TenantEvent> Create(TenantState tenant, RingGroup group, TenantContext context)
    {
        if (NumberSpace.Fault(tenant, group.Number, context.Plan, Refusals.RingGroupExists) is { } taken) return taken;
        if (tenant.RingGroups.Count >= Most) return Decision<TenantEvent>.Reject(Refusals.TooManyRingGroups, $"{Most} are allowed");
        return Fault(tenant, group) is { } fault ? fault : new RingGroupSaved(group);
    }

    static Decision<TenantEvent> Update(TenantState tenant, RingGroup group, long? ifMatch)
    {
        if (!tenant.RingGroups.TryGetValue(group.Number, out var old)) return Decision<TenantEvent>.Reject(Refusals.NoSuchRingGroup, group.Number.Value);
        if (Versions.Check(ifMatch, old.Version) is { } stale) return stale;
        if (group.Members.SequenceEqual(old.Members) && group with { Members = old.Members, Version = old.Version } == old)
            return Decision<TenantEvent>.Nothing;
        return Fault(tenant, group) is { } fault ? fault : new RingGroupSaved(group);
    }

    static Decision<TenantEvent> Delete(TenantState tenant, ExtensionNumber number, long? ifMatch)
    {
        if (!tenant.RingGroups.TryGetValue(number, out var old)) return Decision<TenantEvent>.Reject(Refusals.NoSuchRingGroup, number.Value);
        if (Versions.Check(ifMatch, old.Version) is { } stale) return stale;
        var user = tenant.UserOf(number, new ForwardTarget.ToRingGroup(number));
        return user is null ? new RingGroupDeleted(number) : Decision<TenantEvent>.Reject(Refusals.RingGroupInUse, user);
    }

    /// <summary>The same settings as those of the element, by the same bounds. The API names all faults; here the first one is enough.</summary>
    public static IEnumerable<OptionFault> Faults(RingGroup group, TenantState tenant)
    {
        var element = group.ToElement();
        return [.. element.OptionFaults(), .. element.Needs.Where(need => !need.IsMet(tenant)).Select(need => new OptionFault(need.Field, need.MissingText))];
    }

    static Rejection? Fault(TenantState tenant, RingGroup group) =>
        Faults(group, tenant).FirstOrDefault() is { } fault ? new Rejection(Refusals.InvalidValue, fault.Field) : null;

    /// <summary>The first group that has this member, as a refusal names it; or null.</summary>
    internal static string? UserOf(TenantState tenant, ExtensionNumber member) =>
        tenant.RingGroups.Values.FirstOrDefault(group => group.Members.Contains(member)) is { } group ? $"ring group {group.Number}" : null;
}

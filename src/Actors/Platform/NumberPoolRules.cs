using System.Diagnostics;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using static TeleCube.Actors.Platform.PlatformCommand;
using static TeleCube.Actors.Platform.PlatformEvent;

namespace TeleCube.Actors.Platform;

/// <summary>The pool of numbers: one holder at a time, and a new one only after the former has let go.</summary>
static class NumberPoolRules
{
    public static Decision<PlatformEvent> Decide(PlatformState platform, PlatformCommand command) => command switch
    {
        AddNumber add => Add(platform, add),
        RemoveNumber(var number) => Remove(platform, number),
        AssignNumber(var number, { } tenant, var ifMatch) => Assign(platform, number, tenant, ifMatch),
        AssignNumber(var number, null, var ifMatch) => TakeBack(platform, number, ifMatch),
        ConfirmNumber confirm => Confirm(platform, confirm),
        _ => throw new UnreachableException($"{command.GetType().Name} is no command of the pool"),
    };

    public static PoolNumber TakenBack(PoolNumber number) => number with { Tenant = null, Delivered = true, Dropping = number.Tenant };

    static Decision<PlatformEvent> Add(PlatformState platform, AddNumber add)
    {
        var old = platform.Numbers.GetValueOrDefault(add.Number);
        var added = (old ?? new PoolNumber(add.Number)) with { ReceiveOnly = add.ReceiveOnly };
        if (add.Tenant is { } tenant && added.Tenant != tenant)
            return Fault(platform, added, tenant) is { } fault ? fault : new NumberSaved(HeldBy(added, tenant));
        return added == old ? Decision<PlatformEvent>.Nothing : new NumberSaved(added with { Delivered = added.Tenant is null });
    }

    static Decision<PlatformEvent> Remove(PlatformState platform, E164 number)
    {
        if (platform.Numbers.GetValueOrDefault(number) is not { } old) return Decision<PlatformEvent>.Reject(Refusals.NoSuchPhoneNumber);
        if (old.Tenant is { } holder) return Decision<PlatformEvent>.Reject(Refusals.NumberAssigned, holder.Value);
        return old.Dropping is { } former
            ? Decision<PlatformEvent>.Reject(Refusals.NumberBeingReleased, former.Value)
            : new NumberRemoved(number);
    }

    static Decision<PlatformEvent> Assign(PlatformState platform, E164 number, TenantId tenant, long? ifMatch)
    {
        var old = platform.Numbers.GetValueOrDefault(number) ?? new PoolNumber(number);
        if (Versions.Check(ifMatch, old.Version) is { } stale) return stale;
        if (old.Tenant == tenant) return Decision<PlatformEvent>.Nothing;
        return Fault(platform, old, tenant) is { } fault ? fault : new NumberSaved(HeldBy(old, tenant));
    }

    static PoolNumber HeldBy(PoolNumber number, TenantId tenant) => number with { Tenant = tenant, Delivered = false, Dropping = null };

    /// <summary>Why the tenant cannot have the number now.</summary>
    static Rejection? Fault(PlatformState platform, PoolNumber number, TenantId tenant)
    {
        if (platform.Tenant(tenant) is not { } profile) return new Rejection(Refusals.NoSuchTenant, tenant.Value);
        if (profile.Status == TenantStatus.Closed) return new Rejection(Refusals.TenantClosed, tenant.Value);
        if (number.Tenant is { } holder) return new Rejection(Refusals.NumberAssigned, holder.Value);
        return number.Dropping is { } former && former != tenant ? new Rejection(Refusals.NumberBeingReleased, former.Value) : null;
    }

    static Decision<PlatformEvent> TakeBack(PlatformState platform, E164 number, long? ifMatch)
    {
        if (platform.Numbers.GetValueOrDefault(number) is not { } old) return Decision<PlatformEvent>.Reject(Refusals.NoSuchPhoneNumber);
        if (Versions.Check(ifMatch, old.Version) is { } stale) return stale;
        return old.Tenant is null ? Decision<PlatformEvent>.Nothing : new NumberSaved(TakenBack(old));
    }

    /// <summary>A confirmation may be late: it counts only for what is still waited for.</summary>
    static Decision<PlatformEvent> Confirm(PlatformState platform, ConfirmNumber confirm)
    {
        if (platform.Numbers.GetValueOrDefault(confirm.Number) is not { } number) return Decision<PlatformEvent>.Nothing;
        if (confirm.Taken && number.Tenant == confirm.Tenant && !number.Delivered) return new NumberSaved(number with { Delivered = true });
        return !confirm.Taken && number.Dropping == confirm.Tenant
            ? new NumberSaved(number with { Dropping = null })
            : Decision<PlatformEvent>.Nothing;
    }
}

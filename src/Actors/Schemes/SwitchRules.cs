using System.Diagnostics;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
using static TeleCube.Actors.Tenants.TenantCommand;
using static TeleCube.Actors.Tenants.TenantEvent;

namespace TeleCube.Actors.Schemes;

/// <summary>Manual switches: one code for one switch, and none goes while a scheme asks for it.</summary>
static class SwitchRules
{
    public static Decision<TenantEvent> Decide(TenantState tenant, TenantCommand command) => command switch
    {
        CreateSwitch(var created) => Create(tenant, created),
        UpdateSwitch(var id, var name, var code, var ifMatch) => Change(tenant, id, ifMatch, old => old with { Name = name, Code = code }),
        SetSwitch(var id, var on) => Change(tenant, id, null, old => old with { On = on ?? !old.On }),
        DeleteSwitch(var id, var ifMatch) => Delete(tenant, id, ifMatch),
        _ => throw new UnreachableException($"{command.GetType().Name} is no switch's command"),
    };

    static Decision<TenantEvent> Create(TenantState tenant, ManualSwitch created)
    {
        if (tenant.Switches.ContainsKey(created.Id)) return Decision<TenantEvent>.Reject(Refusals.SwitchExists, created.Id.Value);
        if (tenant.Switches.Count >= SchemeLimits.Switches)
            return Decision<TenantEvent>.Reject(Refusals.TooManySwitches, $"{SchemeLimits.Switches} are allowed");
        return Twin(tenant, created) is { } twin ? twin : new SwitchSaved(created);
    }

    static Decision<TenantEvent> Change(TenantState tenant, SwitchId id, long? ifMatch, Func<ManualSwitch, ManualSwitch> change)
    {
        if (!tenant.Switches.TryGetValue(id, out var old)) return Decision<TenantEvent>.Reject(Refusals.NoSuchSwitch, id.Value);
        if (Versions.Check(ifMatch, old.Version) is { } stale) return stale;
        var changed = change(old);
        if (changed == old) return Decision<TenantEvent>.Nothing;
        return Twin(tenant, changed) is { } twin ? twin : new SwitchSaved(changed);
    }

    static Decision<TenantEvent> Delete(TenantState tenant, SwitchId id, long? ifMatch)
    {
        if (!tenant.Switches.TryGetValue(id, out var old)) return Decision<TenantEvent>.Reject(Refusals.NoSuchSwitch, id.Value);
        if (Versions.Check(ifMatch, old.Version) is { } stale) return stale;
        var user = SchemeUses.Of(tenant, need => need is ElementNeed.Switch(_, var needed) && needed == id);
        return user is null ? new SwitchDeleted(id) : Decision<TenantEvent>.Reject(Refusals.SwitchInUse, user);
    }

    static Rejection? Twin(TenantState tenant, ManualSwitch changed)
    {
        if (changed.Code is null) return null;
        var twin = tenant.Switches.Values.FirstOrDefault(other => other.Id != changed.Id && other.Code == changed.Code);
        if (twin is not null) return new Rejection(Refusals.SwitchCodeTaken, twin.Id.Value);
        var number = tenant.ExternalNumbers.Values.FirstOrDefault(other => other.ShortCode?.Value == changed.KeysAfterStar);
        return number is null ? null : new Rejection(Refusals.SwitchCodeTaken, $"*{changed.KeysAfterStar} stands for {number.Number}");
    }
}

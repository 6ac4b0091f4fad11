using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Persistence;
using static TeleCube.Actors.Tenants.TenantCommand;
using static TeleCube.Actors.Tenants.TenantEvent;

namespace TeleCube.Actors.Tenants;

/// <summary>
/// Numery Telefonu: numbers come from and go back to the operator's pool; between that the tenant says where they lead (PRODUCT §3).
/// </summary>
static class PhoneNumberRules
{
    public static Decision<TenantEvent> Adopt(TenantState tenant, AdoptNumber command)
    {
        var own = tenant.PhoneNumbers.GetValueOrDefault(command.Number);
        if (own is null) return new PhoneNumberAdded(new PhoneNumber(command.Number) { ReceiveOnly = command.ReceiveOnly });
        return own.ReceiveOnly == command.ReceiveOnly
            ? Decision<TenantEvent>.Nothing
            : new PhoneNumbersSaved([own with { ReceiveOnly = command.ReceiveOnly }]);
    }

    /// <summary>What presented the number falls back to the default, in the same append.</summary>
    public static Decision<TenantEvent> Drop(TenantState tenant, DropNumber command)
    {
        if (!tenant.PhoneNumbers.ContainsKey(command.Number)) return Decision<TenantEvent>.Nothing;
        var events = new List<TenantEvent> { new PhoneNumberRemoved(command.Number) };
        events.AddRange(tenant.Extensions.Values
            .Where(extension => extension.PresentedNumber == command.Number)
            .Select(extension => new ExtensionSaved(extension with { PresentedNumber = null })));
        var settings = tenant.Settings;
        if (settings.DefaultPresentedNumber == command.Number || settings.EmergencyPresentedNumber == command.Number)
            events.Add(new SettingsSaved(settings with
            {
                DefaultPresentedNumber = Without(settings.DefaultPresentedNumber, command.Number),
                EmergencyPresentedNumber = Without(settings.EmergencyPresentedNumber, command.Number),
            }));
        return events;
    }

    /// <summary>All rows or none; rows that change nothing keep their version.</summary>
    public static Decision<TenantEvent> Save(TenantState tenant, SavePhoneNumbers command)
    {
        var changed = new List<PhoneNumber>();
        var seen = new HashSet<E164>();
        foreach (var row in command.Rows)
        {
            if (!seen.Add(row.Number)) return Decision<TenantEvent>.Reject(Refusals.NumberTwice, row.Number.Value);
            if (!tenant.PhoneNumbers.TryGetValue(row.Number, out var old))
                return Decision<TenantEvent>.Reject(Refusals.NoSuchPhoneNumber, row.Number.Value);
            if (Versions.Check(row.IfMatch, old.Version) is { } stale) return stale;
            if (!Exists(tenant, row.ForwardTo)) return Decision<TenantEvent>.Reject(Refusals.NoSuchTarget, row.Number.Value);
            var saved = old with { Description = row.Description, ClipPrefix = row.ClipPrefix, ForwardTo = row.ForwardTo };
            if (saved != old) changed.Add(saved);
        }

        return changed.Count == 0 ? Decision<TenantEvent>.Nothing : new PhoneNumbersSaved([.. changed]);
    }

    static bool Exists(TenantState tenant, ForwardTarget? target) => target switch
    {
        null => true,
        ForwardTarget.ToExtension(var extension) => tenant.Extensions.ContainsKey(extension),
        ForwardTarget.ToExternalNumber(var id) => tenant.ExternalNumbers.ContainsKey(id),
        ForwardTarget.ToAnnouncement(var id) => tenant.Announcements.ContainsKey(id),
        ForwardTarget.ToVoicemail(var extension) => tenant.Extensions.ContainsKey(extension),
        ForwardTarget.ToScheme(var id) => tenant.Schemes.GetValueOrDefault(id)?.CurrentGraph is not null,
        ForwardTarget.ToQueue(var number) => tenant.Queues.ContainsKey(number),
        ForwardTarget.ToRingGroup(var number) => tenant.RingGroups.ContainsKey(number),
        _ => false,
    };

    static E164? Without(E164? number, E164 dropped) => number == dropped ? null : number;
}

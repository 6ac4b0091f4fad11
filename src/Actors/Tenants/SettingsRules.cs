using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Persistence;
using static TeleCube.Actors.Tenants.TenantCommand;
using static TeleCube.Actors.Tenants.TenantEvent;

namespace TeleCube.Actors.Tenants;

/// <summary>The company's settings; the numbers that it shows and the music that it plays must be its own.</summary>
static class SettingsRules
{
    public static Decision<TenantEvent> Save(TenantState tenant, SaveSettings command)
    {
        var (old, settings) = (tenant.Settings, command.Settings);
        if (Versions.Check(command.IfMatch, old.Version) is { } stale) return stale;
        E164?[] shown = [settings.DefaultPresentedNumber, settings.EmergencyPresentedNumber];
        foreach (var number in shown.OfType<E164>())
            if (!tenant.PhoneNumbers.ContainsKey(number)) return Decision<TenantEvent>.Reject(Refusals.NotOwnNumber, number.Value);
        if (settings.MusicOnHold is { MusicClass: null } music && !tenant.Announcements.ContainsKey(new AnnouncementId(music.Value)))
            return Decision<TenantEvent>.Reject(Refusals.InvalidValue, "musicOnHold");
        if (!settings.ParkSlots.IsSound) return Decision<TenantEvent>.Reject(Refusals.InvalidValue, "parkFirst");
        if (settings.ParkSlots != old.ParkSlots && settings.ParkSlots.All().FirstOrDefault(slot => tenant.Has(ExtensionNumber.Parse(slot))) is { } clash)
            return Decision<TenantEvent>.Reject(Refusals.NumberTaken, clash);
        return settings with { Version = old.Version } == old ? Decision<TenantEvent>.Nothing : new SettingsSaved(settings);
    }
}

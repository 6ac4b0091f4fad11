using System.Diagnostics;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
using static TeleCube.Actors.Platform.PlatformCommand;
using static TeleCube.Actors.Platform.PlatformEvent;

namespace TeleCube.Actors.Platform;

/// <summary>What may happen to the platform. The pool of numbers has a file of its own.</summary>
public static class PlatformRules
{
    public static Decision<PlatformEvent> Decide(PlatformState platform, PlatformCommand command) => command switch
    {
        CreateTenant(var profile) => Create(platform, profile),
        UpdateTenant(var profile, var ifMatch) => Update(platform, profile, ifMatch),
        CloseTenant(var id, var ifMatch) => Close(platform, id, ifMatch),
        ConfirmTenant confirm => IsAwaited(platform, confirm) ? new TenantDelivered(confirm.Id) : Decision<PlatformEvent>.Nothing,
        SaveTariff(var tariff, var ifMatch) => Save(platform, tariff, ifMatch),
        DeleteTariff(var id) when !platform.Tariffs.ContainsKey(id) => Decision<PlatformEvent>.Reject(Refusals.NoSuchTariff),
        DeleteTariff(var id) => platform.Tenants.Values.Any(entry => entry.Profile.Tariff == id && entry.Profile.Status != TenantStatus.Closed)
            ? Decision<PlatformEvent>.Reject(Refusals.TariffInUse)
            : new TariffDeleted(id),
        SavePackage(var package, var ifMatch) => Save(platform, package, ifMatch),
        AddNumber or RemoveNumber or AssignNumber or ConfirmNumber => NumberPoolRules.Decide(platform, command),
        SaveTrunk save => Save(platform, save),
        DeleteTrunk(var id, var ifMatch) => platform.Trunks.GetValueOrDefault(id) is not { } trunk
            ? Decision<PlatformEvent>.Reject(Refusals.NoSuchTrunk)
            : Versions.Check(ifMatch, trunk.Version) is { } stale ? stale : new TrunkDeleted(id),
        _ => throw new UnreachableException($"no Decide for {command.GetType().Name}"),
    };

    public static PlatformState Apply(PlatformState platform, PlatformEvent happened)
    {
        var version = platform.Revision + 1;
        return Change(platform, happened, version) with { Revision = version };
    }

    static PlatformState Change(PlatformState platform, PlatformEvent happened, long version) => happened switch
    {
        TenantSaved(var profile) => platform with
        {
            Tenants = platform.Tenants.SetItem(profile.Id.Value, new TenantEntry(profile with { Version = version })),
        },
        TenantDelivered(var id) => platform with
        {
            Tenants = platform.Tenants.SetItem(id.Value, platform.Tenants[id.Value] with { Delivered = true }),
        },
        TariffSaved(var tariff) => platform with { Tariffs = platform.Tariffs.SetItem(tariff.Id, tariff) },
        TariffDeleted(var id) => platform with { Tariffs = platform.Tariffs.Remove(id) },
        PackageSaved(var package) => platform with { Packages = platform.Packages.SetItem(package.Id, package with { Version = version }) },
        NumberSaved(var number) => platform with { Numbers = platform.Numbers.SetItem(number.Number, Versioned(platform, number, version)) },
        NumberRemoved(var number) => platform with { Numbers = platform.Numbers.Remove(number) },
        TrunkSaved(var trunk) => platform with { Trunks = platform.Trunks.SetItem(trunk.Id, trunk with { Version = version }) },
        TrunkDeleted(var id) => platform with { Trunks = platform.Trunks.Remove(id) },
        _ => throw new UnreachableException($"no Apply for {happened.GetType().Name}"),
    };

    static bool IsAwaited(PlatformState platform, ConfirmTenant confirm) =>
        platform.Tenants.GetValueOrDefault(confirm.Id.Value) is { Delivered: false } entry && entry.Profile.Version == confirm.Version;

    /// <summary>That a tenant has heard of a number is no change that an operator's If-Match should trip over.</summary>
    static PoolNumber Versioned(PlatformState platform, PoolNumber number, long version)
    {
        var old = platform.Numbers.GetValueOrDefault(number.Number);
        var sameForOperator = old is not null && old.Tenant == number.Tenant && old.ReceiveOnly == number.ReceiveOnly;
        return number with { Version = sameForOperator ? old!.Version : version };
    }

    static Decision<PlatformEvent> Create(PlatformState platform, TenantProfile profile)
    {
        if (platform.Tenants.ContainsKey(profile.Id.Value)) return Decision<PlatformEvent>.Reject(Refusals.TenantExists);
        if (platform.Tenants.Values.Any(entry => entry.Profile.LoginPrefix == profile.LoginPrefix))
            return Decision<PlatformEvent>.Reject(Refusals.LoginPrefixTaken);
        return Fault(platform, profile) is { } fault ? fault : new TenantSaved(profile with { Status = TenantStatus.Active });
    }

    static Decision<PlatformEvent> Update(PlatformState platform, TenantProfile profile, long? ifMatch)
    {
        if (platform.Tenant(profile.Id) is not { } old) return Decision<PlatformEvent>.Reject(Refusals.NoSuchTenant);
        if (Versions.Check(ifMatch, old.Version) is { } stale) return stale;
        if (old.Status == TenantStatus.Closed) return Decision<PlatformEvent>.Reject(Refusals.TenantClosed);
        // Passwords are hashed with the login, so another prefix would lock every phone out.
        if (profile.LoginPrefix != old.LoginPrefix) return Decision<PlatformEvent>.Reject(Refusals.ImmutableField, "loginPrefix");
        if (profile.Status is TenantStatus.None or TenantStatus.Closed) return Decision<PlatformEvent>.Reject(Refusals.InvalidValue, "status");
        if (Fault(platform, profile) is { } fault) return fault;
        return profile with { Version = old.Version } == old ? Decision<PlatformEvent>.Nothing : new TenantSaved(profile);
    }

    static Decision<PlatformEvent> Close(PlatformState platform, Kernel.Sharding.TenantId id, long? ifMatch)
    {
        if (platform.Tenant(id) is not { } old) return Decision<PlatformEvent>.Reject(Refusals.NoSuchTenant);
        if (Versions.Check(ifMatch, old.Version) is { } stale) return stale;
        if (old.Status == TenantStatus.Closed) return Decision<PlatformEvent>.Nothing;
        var held = platform.Numbers.Values.Where(number => number.Tenant == id);
        List<PlatformEvent> events =
        [
            new TenantSaved(old with { Status = TenantStatus.Closed }),
            .. held.Select(number => new NumberSaved(NumberPoolRules.TakenBack(number))),
        ];
        return events;
    }

    static Rejection? Fault(PlatformState platform, TenantProfile profile)
    {
        if (!platform.Packages.ContainsKey(profile.Package)) return new Rejection(Refusals.NoSuchPackage, profile.Package.Value);
        if (!platform.Tariffs.ContainsKey(profile.Tariff)) return new Rejection(Refusals.NoSuchTariff, profile.Tariff.Value);
        return TimeZoneInfo.TryFindSystemTimeZoneById(profile.TimeZone, out _) ? null : new Rejection(Refusals.InvalidValue, "timeZone");
    }

    /// <summary>Every change is a new version, to which quotes are bound.</summary>
    static Decision<PlatformEvent> Save(PlatformState platform, Billing.Tariff tariff, long? ifMatch)
    {
        var old = platform.Tariffs.GetValueOrDefault(tariff.Id);
        if (Versions.Check(ifMatch, old?.Version ?? 0) is { } stale) return stale;
        return new TariffSaved(tariff with { Version = (old?.Version ?? 0) + 1 });
    }

    static Decision<PlatformEvent> Save(PlatformState platform, Package package, long? ifMatch) =>
        Versions.Check(ifMatch, platform.Packages.GetValueOrDefault(package.Id)?.Version ?? 0) is { } stale ? stale : new PackageSaved(package);

    static Decision<PlatformEvent> Save(PlatformState platform, SaveTrunk save)
    {
        var old = platform.Trunks.GetValueOrDefault(save.Trunk.Id);
        if (save.Create && old is not null) return Decision<PlatformEvent>.Reject(Refusals.TrunkExists);
        if (!save.Create && old is null) return Decision<PlatformEvent>.Reject(Refusals.NoSuchTrunk);
        if (Versions.Check(save.IfMatch, old?.Version ?? 0) is { } stale) return stale;
        return TrunkFaults.Of(save.Trunk) is { } fault ? fault : new TrunkSaved(save.Trunk);
    }
}

using System.Collections.Immutable;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Platform;

/// <summary>What the operator has set up for all: tenants, tariffs, packages, the pool of numbers and the trunks.</summary>
public sealed record PlatformState
{
    public static readonly PlatformState Initial = new();

    /// <summary>By tenant id.</summary>
    public ImmutableSortedDictionary<string, TenantEntry> Tenants { get; init; } =
        ImmutableSortedDictionary.Create<string, TenantEntry>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<TariffId, Tariff> Tariffs { get; init; } = ImmutableSortedDictionary<TariffId, Tariff>.Empty;

    public ImmutableSortedDictionary<PackageId, Package> Packages { get; init; } = ImmutableSortedDictionary<PackageId, Package>.Empty;

    public ImmutableSortedDictionary<E164, PoolNumber> Numbers { get; init; } = ImmutableSortedDictionary<E164, PoolNumber>.Empty;

    public ImmutableSortedDictionary<TrunkId, TrunkConfig> Trunks { get; init; } = ImmutableSortedDictionary<TrunkId, TrunkConfig>.Empty;

    /// <summary>Grows with every event; a changed resource takes it as its version.</summary>
    public long Revision { get; init; }

    public TenantProfile? Tenant(TenantId id) => Tenants.GetValueOrDefault(id.Value)?.Profile;

    public Tariff? TariffOf(TenantState tenant) => Tariffs.GetValueOrDefault(tenant.Tariff);

    /// <summary>The tenant that has a number of the pool; calls to it stay on the platform.</summary>
    public TenantId? HolderOf(E164 number) => Numbers.GetValueOrDefault(number)?.Tenant;
}

/// <summary>A tenant as the platform knows it; <paramref name="Delivered"/> once the tenant's own actor has taken this version.</summary>
public sealed record TenantEntry(TenantProfile Profile, bool Delivered = false);

/// <summary>A number of the pool; <paramref name="Dropping"/> is the former holder until its actor has let the number go.</summary>
public sealed record PoolNumber(
    E164 Number, TenantId? Tenant = null, bool ReceiveOnly = false, bool Delivered = true, TenantId? Dropping = null, long Version = 0);

/// <summary>A package that a tenant has, and what is included in it.</summary>
public sealed record Package(PackageId Id, string Name)
{
    public decimal MonthlyNet { get; init; }

    public bool IncludesConferences { get; init; }

    public bool IncludesRecording { get; init; }

    public long Version { get; init; }
}

using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Platform;

/// <summary>Everything that the operator can ask. <c>IfMatch</c> is the version that the asker has seen; null takes any.</summary>
public abstract record PlatformCommand
{
    PlatformCommand() { }

    /// <summary>The version of the profile is given by the platform.</summary>
    public sealed record CreateTenant(TenantProfile Profile) : PlatformCommand;

    /// <summary>Id and login prefix never change.</summary>
    public sealed record UpdateTenant(TenantProfile Profile, long? IfMatch = null) : PlatformCommand;

    /// <summary>Closes the tenant and takes its numbers back into the pool.</summary>
    public sealed record CloseTenant(TenantId Id, long? IfMatch = null) : PlatformCommand;

    /// <summary>From a tenant: it has taken this version of its profile.</summary>
    public sealed record ConfirmTenant(TenantId Id, long Version) : PlatformCommand;

    public sealed record SaveTariff(Tariff Tariff, long? IfMatch = null) : PlatformCommand;

    public sealed record DeleteTariff(TariffId Id) : PlatformCommand;

    public sealed record SavePackage(Package Package, long? IfMatch = null) : PlatformCommand;

    /// <summary>With a tenant, it is that tenant's at once; refused for it, the number is not added either.</summary>
    public sealed record AddNumber(E164 Number, bool ReceiveOnly = false, TenantId? Tenant = null) : PlatformCommand;

    public sealed record RemoveNumber(E164 Number) : PlatformCommand;

    /// <summary>Adds the number to the pool if it is not there. Null takes it back from its holder.</summary>
    public sealed record AssignNumber(E164 Number, TenantId? Tenant, long? IfMatch = null) : PlatformCommand;

    /// <summary>From a tenant: it has taken the number, or let it go.</summary>
    public sealed record ConfirmNumber(E164 Number, TenantId Tenant, bool Taken) : PlatformCommand;

    public sealed record SaveTrunk(TrunkConfig Trunk, bool Create = false, long? IfMatch = null) : PlatformCommand;

    public sealed record DeleteTrunk(TrunkId Id, long? IfMatch = null) : PlatformCommand;
}

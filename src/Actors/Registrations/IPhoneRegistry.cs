using System.Collections.Immutable;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Registrations;

/// <summary>The phones that are registered on this node, read without waiting.</summary>
public interface IPhoneRegistry
{
    /// <summary>In the order in which they may be tried; empty if none is registered.</summary>
    ImmutableArray<LiveContact> Of(TenantId tenant, ExtensionNumber extension);
}

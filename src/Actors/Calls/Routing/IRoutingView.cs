using System.Collections.Immutable;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Calls.Routing;

/// <summary>What the dial plan asks of the rest of the exchange: immutable snapshots, read without waiting.</summary>
public interface IRoutingView
{
    /// <summary>True if any phone of the extension is registered.</summary>
    bool IsReachable(TenantId tenant, ExtensionNumber extension);

    /// <summary>How many calls the extension has now, this one left out.</summary>
    int CallsOf(TenantId tenant, ExtensionNumber extension, string exceptCall);

    /// <summary>
    /// Makes an extension that takes one call at a time this call's own, until that is visible as one of its calls. False: it has another call, or is about to
    /// get one that is not yet in the journal.
    /// </summary>
    bool TryPromise(TenantId tenant, ExtensionNumber extension, string call) => CallsOf(tenant, extension, call) == 0;

    /// <summary>True while any call of the platform to this number outside is up.</summary>
    bool IsTalking(E164 number);

    /// <summary>The trunks that take this number, best first; those of equal rank share by the call's id.</summary>
    ImmutableArray<string> TrunksFor(DialledNumber number, string call);

    /// <summary>How a trunk is set up; null where nobody looks, or it is gone.</summary>
    TrunkConfig? Trunk(string id) => id == OnNet.TrunkId ? OnNet.Trunk : null;

    /// <summary>Of the other trunks, which would not take it now and why; <paramref name="all"/>: also those that are not meant for it.</summary>
    ImmutableArray<string> TrunksPassedOver(DialledNumber number, bool all) => [];

    /// <summary>The call that has rung longest at one of these extensions; null where nobody looks.</summary>
    WaitingLeg? RingingAt(TenantId tenant, IReadOnlySet<ExtensionNumber> extensions) => null;

    /// <summary>The party that is parked there.</summary>
    WaitingLeg? ParkedAt(TenantId tenant, string slot) => null;

    INumberInfo Numbers { get; }

    /// <summary>The tenant that has this number, if it is one of the platform's.</summary>
    TenantId? OwnerOf(E164 number);

    /// <summary>True for a number on the operator's receive-only list, which is never presented (PRODUCT §2).</summary>
    bool IsReceiveOnly(E164 number);

    Tariff? TariffOf(TenantState tenant);
}

using System.Collections.Immutable;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Calls.Routing;

/// <summary><see cref="IRoutingView"/> over the snapshots of this node.</summary>
public sealed class RoutingView(IPlatform platform, ITrunks trunks, IPhoneRegistry phones, LiveCalls live, INumberInfo numbers) : IRoutingView
{
    public INumberInfo Numbers => numbers;

    public bool IsReachable(TenantId tenant, ExtensionNumber extension) => phones.Of(tenant, extension).Length > 0;

    public int CallsOf(TenantId tenant, ExtensionNumber extension, string exceptCall) => live.CallsOf(tenant, extension.Value, exceptCall);

    public bool TryPromise(TenantId tenant, ExtensionNumber extension, string call) => live.TryPromise(tenant, extension.Value, call);

    public bool IsTalking(E164 number) => live.IsTalking(number.Value);

    public WaitingLeg? RingingAt(TenantId tenant, IReadOnlySet<ExtensionNumber> extensions) => WaitingLeg.Ringing(live, tenant, extensions);

    public WaitingLeg? ParkedAt(TenantId tenant, string slot) => WaitingLeg.Parked(live, tenant, slot);

    public ImmutableArray<string> TrunksFor(DialledNumber number, string call) =>
        [.. TrunkSelection.Candidates(platform.Current.Trunks.Values, number, call, trunks.Find).Select(trunk => trunk.Id.Value)];

    public TrunkConfig? Trunk(string id) => id == OnNet.TrunkId ? OnNet.Trunk : platform.Current.Trunks.GetValueOrDefault(new TrunkId(id));

    public ImmutableArray<string> TrunksPassedOver(DialledNumber number, bool all) =>
        [.. TrunkSelection.PassedOver(platform.Current.Trunks.Values, number, trunks.Find, all)];

    public TenantId? OwnerOf(E164 number) => platform.Current.HolderOf(number);

    public bool IsReceiveOnly(E164 number) => platform.Current.Numbers.GetValueOrDefault(number) is { ReceiveOnly: true };

    public Tariff? TariffOf(TenantState tenant) => platform.Current.TariffOf(tenant);
}

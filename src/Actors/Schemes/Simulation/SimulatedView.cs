using System.Collections.Immutable;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Schemes.Simulation;

/// <summary>The exchange as it is now, but for those of whom the simulation says what they do.</summary>
sealed class SimulatedView(IRoutingView live, ImmutableDictionary<string, Callee> callees) : IRoutingView
{
    /// <summary>What somebody does who is rung.</summary>
    public Callee Does(string whom) => callees.GetValueOrDefault(whom, Callee.Answers);

    public INumberInfo Numbers => live.Numbers;

    public bool IsReachable(TenantId tenant, ExtensionNumber extension) =>
        callees.TryGetValue(extension.Value, out var callee) ? callee is not Callee.Unreachable : live.IsReachable(tenant, extension);

    public int CallsOf(TenantId tenant, ExtensionNumber extension, string exceptCall) =>
        callees.TryGetValue(extension.Value, out var callee) ? callee is Callee.Busy ? 1 : 0 : live.CallsOf(tenant, extension, exceptCall);

    public bool IsTalking(E164 number) => callees.TryGetValue(number.Value, out var callee) ? callee is Callee.Busy : live.IsTalking(number);

    public ImmutableArray<string> TrunksFor(DialledNumber number, string call) => live.TrunksFor(number, call);

    public TrunkConfig? Trunk(string id) => live.Trunk(id);

    public TenantId? OwnerOf(E164 number) => live.OwnerOf(number);

    public bool IsReceiveOnly(E164 number) => live.IsReceiveOnly(number);

    public Tariff? TariffOf(TenantState tenant) => live.TariffOf(tenant);
}

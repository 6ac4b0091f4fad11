using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Routing;

/// <remarks>The company's own 2 to 4 digits: extension, queue or ring group (PRODUCT §11).</remarks>
public sealed partial class DialPlan
{
    /// <summary>Whoever has the number. One who dials a group that he is in, or sends somebody there, does not ring himself.</summary>
    public Route ToInternal(TenantState tenant, ExtensionNumber number, CallerId caller, string call, ExtensionNumber? by = null) =>
        tenant.Queues.ContainsKey(number) ? ToQueue(number, caller, $"{number} is a queue")
        : tenant.RingGroups.TryGetValue(number, out var group) ? ToRingGroup(group, caller, $"{number} is a ring group", by)
        : ToExtension(tenant, number, caller, call);

    /// <summary>A scheme of one element: the queue, then the end.</summary>
    static Route ToQueue(ExtensionNumber number, CallerId caller, string reason) =>
        Inline("queue", new QueueElement { Id = new ElementId("queue"), Queue = number }, caller, reason);

    static Route ToRingGroup(RingGroup group, CallerId caller, string reason, ExtensionNumber? by = null)
    {
        var element = group.ToElement();
        var others = element.Members.Where(member => member.Value != caller.Number && member != by).ToList();
        return others.Count == 0
            ? Route.Refuse(EndCause.Busy, $"{reason} of nobody but the caller")
            : Inline("ring-group", element with { Members = [.. others] }, caller, reason);
    }

    /// <summary>A scheme of one element, whose exits lead nowhere: when it is left, the call ends.</summary>
    static Route Inline(string name, SchemeElement only, CallerId caller, string reason) => new(
        new RouteStep.RunScheme(new SchemePosition(new SchemeId(name), 0, only.Id, caller) { Inline = new SchemeGraph(only.Id, [only]) }), reason);
}

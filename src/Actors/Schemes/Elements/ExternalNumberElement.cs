using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>Numer zewnętrzny: rings one of the tenant's saved numbers outside, at the price that was accepted for it.</summary>
public sealed record ExternalNumberElement : SchemeElement
{
    /// <summary>The external number's id.</summary>
    public required ExternalNumberId Number { get; init; }

    [JsonIgnore]
    public override ImmutableArray<ElementExit> Leaves => ReachExits.All;

    [JsonIgnore]
    public override IEnumerable<ElementNeed> Needs => [new ElementNeed.External("number", Number)];

    public override bool WaitsBefore(string exit, TenantState tenant) => ReachExits.Waits(exit);

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context) => news switch
    {
        ElementNews.NotReached(var cause) => ReachExits.Leave(cause, $"external number {Number}"),
        ElementNews.Entered when context.Tenant.ExternalNumbers.TryGetValue(Number, out var external) =>
            new ElementStep.Ring(
                context.Plan.ToExternal(context.Tenant, external, context.Dialled?.Value, context.Caller, context.Call), $"rings external number {Number}"),
        ElementNews.Entered => ReachExits.Leave(EndCause.NoSuchNumber, $"external number {Number}, which is gone"),
        _ => new ElementStep.Stay("the number is being rung") { Memory = memory },
    };
}

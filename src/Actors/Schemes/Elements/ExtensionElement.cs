using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>Numer wewnętrzny: rings an extension, by its own conditions and forwards; the exits are for when all that came to nothing.</summary>
public sealed record ExtensionElement : SchemeElement
{
    public required ExtensionNumber Number { get; init; }

    [JsonIgnore]
    public override ImmutableArray<ElementExit> Leaves => ReachExits.All;

    [JsonIgnore]
    public override IEnumerable<ElementNeed> Needs => [new ElementNeed.Extension("number", Number)];

    public override bool WaitsBefore(string exit, TenantState tenant) => ReachExits.Waits(exit);

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context) => news switch
    {
        ElementNews.NotReached(var cause) => ReachExits.Leave(cause, $"extension {Number}"),
        _ => new ElementStep.Ring(context.Plan.ToExtension(context.Tenant, Number, context.Caller, context.Call), $"rings extension {Number}"),
    };
}

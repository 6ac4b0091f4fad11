using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TeleCube.Actors.Schemes;

/// <summary>The elements of a scheme and where a call begins among them.</summary>
public sealed record SchemeGraph(ElementId Start, ImmutableArray<SchemeElement> Elements)
{
    [JsonIgnore]
    public SchemeElement? First => this[Start];

    public SchemeElement? this[ElementId id] => Elements.FirstOrDefault(element => element.Id == id);
}

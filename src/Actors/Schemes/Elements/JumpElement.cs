using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>The call goes on at the start of another scheme, in its current version.</summary>
public sealed record JumpElement : SchemeElement
{
    public required SchemeId Scheme { get; init; }

    [JsonIgnore]
    public override ImmutableArray<ElementExit> Leaves => [];

    [JsonIgnore]
    public override IEnumerable<ElementNeed> Needs => [new ElementNeed.OtherScheme("scheme", Scheme)];

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context) =>
        new ElementStep.Jump(Scheme, $"goes on in scheme {Scheme}");
}

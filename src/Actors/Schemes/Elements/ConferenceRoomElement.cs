using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>Telekonferencja: will lead the caller into a room. Lint refuses it, so no call comes here while the exchange has no rooms.</summary>
public sealed record ConferenceRoomElement : SchemeElement
{
    const int LeastDigits = 2, MostDigits = 4;

    /// <summary>The room's digits, such as <c>*7556</c>.</summary>
    public required string Room { get; init; }

    [JsonIgnore]
    public override ImmutableArray<ElementExit> Leaves => [];

    [JsonIgnore]
    public override IEnumerable<ElementNeed> Needs => [new ElementNeed.ConferenceRoom("room")];

    public override IEnumerable<OptionFault> OptionFaults() =>
        Room is ['*', .. var digits] && digits.Length is >= LeastDigits and <= MostDigits && digits.All(char.IsAsciiDigit)
            ? []
            : [new OptionFault("room", $"must be * and {LeastDigits} to {MostDigits} digits")];

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context) =>
        new ElementStep.End(EndCause.Unreachable with { Text = "There are no conference rooms" }, "there are no conference rooms");
}

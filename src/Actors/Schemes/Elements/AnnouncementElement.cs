using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Announcements;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>Zapowiedź: the caller hears a recorded announcement to its end.</summary>
public sealed record AnnouncementElement : SchemeElement
{
    const string NextExit = "next";

    public required SoundId Sound { get; init; }

    [JsonIgnore]
    public override ImmutableArray<ElementExit> Leaves => [new(NextExit, Required: true)];

    [JsonIgnore]
    public override IEnumerable<ElementNeed> Needs => [new ElementNeed.Sound("sound", Sound)];

    public override bool WaitsBefore(string exit) => true;

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context) => news switch
    {
        ElementNews.Entered => new ElementStep.Play([Sound], $"plays {Sound}"),
        ElementNews.Played => new ElementStep.Leave(NextExit, $"{Sound} was heard"),
        _ => new ElementStep.Stay("keys mean nothing here") { Memory = memory },
    };
}

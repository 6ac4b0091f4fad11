using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>Ends the call, after an announcement if there is one.</summary>
public sealed record HangupElement : SchemeElement
{
    /// <summary>Heard before the end; optional.</summary>
    public SoundId? Sound { get; init; }

    [JsonIgnore]
    public override ImmutableArray<ElementExit> Leaves => [];

    [JsonIgnore]
    public override IEnumerable<ElementNeed> Needs => Sound is { } sound ? [new ElementNeed.Sound("sound", sound)] : [];

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context) => (news, Sound) switch
    {
        (ElementNews.Entered, { } sound) => new ElementStep.Play([sound], $"plays {sound}, then hangs up"),
        (ElementNews.Key, _) => new ElementStep.Stay("keys mean nothing here") { Memory = memory },
        _ => new ElementStep.End(EndCause.SchemeEnded, "hangs up"),
    };
}

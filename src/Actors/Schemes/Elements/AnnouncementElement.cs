using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Tenants;

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

    /// <summary>What was uploaded before there was a shortest length may have none; what is gone is missing, which lint says by itself.</summary>
    public override bool WaitsBefore(string exit, TenantState tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        var heard = Sound.Prompt is { } prompt
            ? tenant.Announcements.Values.FirstOrDefault(announcement => announcement.Replaces == prompt)
            : tenant.Announcements.GetValueOrDefault(new AnnouncementId(Sound.Value));
        return heard is null || heard.Length >= Announcement.Shortest;
    }

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context) => news switch
    {
        ElementNews.Entered => new ElementStep.Play([Sound], $"plays {Sound}"),
        ElementNews.Played => new ElementStep.Leave(NextExit, $"{Sound} was heard"),
        _ => new ElementStep.Stay("keys mean nothing here") { Memory = memory },
    };
}

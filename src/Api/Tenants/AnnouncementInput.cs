using TeleCube.Actors.Announcements;
using TeleCube.Api.Http;

namespace TeleCube.Api.Tenants;

/// <summary>What is written about an announcement; its audio comes by upload.</summary>
public sealed record AnnouncementInput
{
    const int MaxName = 100;
    const int MaxDescription = 500;

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The built-in prompt in whose place the tenant's callers hear it; left out, none.</summary>
    public string? Replaces { get; init; }

    /// <summary>The class of music whose piece it is; left out, none.</summary>
    public string? MusicClass { get; init; }

    internal static AnnouncementInput Of(Func<string, string?> field) =>
        new() { Name = field("name"), Description = field("description"), Replaces = field("replaces"), MusicClass = field("musicClass") };

    internal Announcement ToAnnouncement(AnnouncementId id, Faults faults) => new(id)
    {
        Name = faults.Required("name", Name, MaxName),
        Description = faults.Optional("description", Description, MaxDescription),
        Replaces = string.IsNullOrEmpty(Replaces) ? null : faults.Identifier("replaces", Replaces),
        MusicClass = string.IsNullOrEmpty(MusicClass) ? null : faults.Identifier("musicClass", MusicClass),
    };
}

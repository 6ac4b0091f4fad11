using TeleCube.Actors.Announcements;

namespace TeleCube.Api.Tenants;

/// <summary>An announcement; its audio is at <c>/audio</c> below it.</summary>
public sealed record AnnouncementView(string Id, string Name, string Description, string? Replaces, string? MusicClass, double LengthSeconds)
{
    internal static AnnouncementView Of(Announcement announcement) => new(
        announcement.Id.Value, announcement.Name, announcement.Description, announcement.Replaces, announcement.MusicClass, announcement.Length.TotalSeconds);
}

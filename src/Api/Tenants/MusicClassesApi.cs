using Microsoft.AspNetCore.Http.HttpResults;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Tenants;

/// <summary>The classes of music that can be named as <c>music/NAME</c>: the company's own, made of its announcements, and the exchange's.</summary>
static class MusicClassesApi
{
    public static void MapMusicClasses(this RouteGroupBuilder tenant)
    {
        var classes = tenant.MapGroup("/music-classes").WithTags("Announcements");
        classes.MapGet("", List).For(UserRole.Consultant).WithSummary("List the classes of music on hold");
    }

    /// <summary>Nobody need wait in silence for a slip of the pen.</summary>
    public static void Check(string field, SoundId? music, TenantState tenant, ISounds sounds, Faults faults)
    {
        if (music is not { } named) return;
        if (named.Prompt is not null) faults.Add(field, "must be an announcement's id, or music/ and the name of a class");
        if (named.MusicClass is { } wanted && !sounds.MusicClasses(tenant).Contains(wanted)) faults.Add(field, $"there is no class of music '{wanted}'");
    }

    static async Task<Results<Ok<ListOf<MusicClassView>>, Refused>> List(
        TenantId tenantId, [AsParameters] PageQuery page, EntityDesk desk, ISounds sounds, CancellationToken stop)
    {
        var company = await desk.Tenant(tenantId, stop);
        return TypedResults.Ok(ListOf<MusicClassView>.Page(sounds.MusicClasses(company), page, name => name, name => MusicClassView.Of(name, company)));
    }
}

/// <summary>A class of music: the announcements that are its pieces, in the order in which they are played; none for one that came with the exchange.</summary>
public sealed record MusicClassView(string Name, IReadOnlyList<string> Announcements)
{
    internal static MusicClassView Of(string name, TenantState company) =>
        new(name, [.. company.Announcements.Values.Where(announcement => announcement.MusicClass == name).Select(announcement => announcement.Id.Value)]);
}

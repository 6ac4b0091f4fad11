using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using TeleCube.Actors;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Tenants;

/// <summary>Zapowiedzi: what the tenant's callers hear, uploaded in any usual format.</summary>
static class AnnouncementsApi
{
    const string Wav = "audio/wav";

    public static void MapAnnouncements(this RouteGroupBuilder tenant)
    {
        var announcements = tenant.MapGroup("/announcements").WithTags("Announcements");
        announcements.MapGet("", List).For(UserRole.Consultant).WithSummary("List announcements");
        announcements.MapPost("", Create).For(UserRole.Administrator).WithSummary("Upload an announcement: a form with its audio and its fields");
        announcements.MapGet("/{id}", Get).For(UserRole.Consultant).WithSummary("Get an announcement");
        announcements.MapPut("/{id}", Put).For(UserRole.Administrator).WithSummary("Replace what is written about an announcement");
        announcements.MapDelete("/{id}", Delete).For(UserRole.Administrator).WithSummary("Delete an announcement to which nothing leads");
        announcements.MapGet("/{id}/audio", Download).For(UserRole.Consultant).Produces(StatusCodes.Status200OK, contentType: Wav)
            .WithSummary("Its audio: WAV, 8 kHz, mono, 16 bit; ranges are honoured");
        announcements.MapPut("/{id}/audio", Upload).For(UserRole.Administrator).WithSummary("Replace its audio")
            .WithDescription("A form with the part file, or the file alone as the body.");
    }

    static async Task<Results<Ok<ListOf<AnnouncementView>>, Refused>> List(
        TenantId tenantId, [AsParameters] PageQuery page, EntityDesk desk, CancellationToken stop) =>
        TypedResults.Ok(ListOf<AnnouncementView>.Page(
            (await desk.Tenant(tenantId, stop)).Announcements.Values, page, announcement => announcement.Id.Value, AnnouncementView.Of));

    static async Task<Results<Tagged<AnnouncementView>, Refused>> Get(TenantId tenantId, AnnouncementId id, EntityDesk desk, CancellationToken stop) =>
        await Show(tenantId, id, desk, null, stop);

    static async Task<Results<Tagged<AnnouncementView>, Refused>> Create(
        TenantId tenantId, AudioForm form, EntityDesk desk, AnnouncementAudio audio, CancellationToken stop)
    {
        var field = form.Known("id", "name", "description", "replaces", "musicClass");
        var id = new AnnouncementId(field("id") is { } chosen ? form.Faults.Identifier("id", chosen) : Ids.Random());
        var announcement = AnnouncementInput.Of(field).ToAnnouncement(id, form.Faults);
        if (form.Refusal is { } wrong) return wrong;
        if ((await desk.Tenant(tenantId, stop)).Announcements.ContainsKey(id)) return Refused.With(Refusals.AnnouncementExists, id.Value);

        var kept = await audio.Keep(tenantId, form.File!, stop);
        if (NotKept(kept) is { } fault) return fault;
        var command = new TenantCommand.CreateAnnouncement(announcement with { File = kept.File, Length = kept.Length });
        if (await desk.Tell(tenantId, command, stop) is { } refused) return NotNamed(refused, kept, audio);
        return await Show(tenantId, id, desk, $"/api/v1/tenants/{tenantId}/announcements/{id}", stop);
    }

    static async Task<Results<Tagged<AnnouncementView>, Refused>> Put(
        TenantId tenantId, AnnouncementId id, Body<AnnouncementInput> body, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk,
        CancellationToken stop)
    {
        var changed = body.Value.ToAnnouncement(id, body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        var command = new TenantCommand.UpdateAnnouncement(id, changed.Name, changed.Description, changed.Replaces, ETags.Version(ifMatch))
        {
            MusicClass = changed.MusicClass,
        };
        if (await desk.Tell(tenantId, command, stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, id, desk, null, stop);
    }

    static async Task<Results<Tagged<AnnouncementView>, Refused>> Upload(
        TenantId tenantId, AnnouncementId id, AudioForm form, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, AnnouncementAudio audio,
        CancellationToken stop)
    {
        form.Known();
        if (form.Refusal is { } wrong) return wrong;
        if (!(await desk.Tenant(tenantId, stop)).Announcements.ContainsKey(id)) return Refused.With(Refusals.NoSuchAnnouncement);
        var kept = await audio.Keep(tenantId, form.File!, stop);
        if (NotKept(kept) is { } fault) return fault;
        var command = new TenantCommand.ReplaceAnnouncementAudio(id, kept.File, kept.Length, ETags.Version(ifMatch));
        if (await desk.Tell(tenantId, command, stop) is { } refused) return NotNamed(refused, kept, audio);
        return await Show(tenantId, id, desk, null, stop);
    }

    static async Task<Results<FileStreamHttpResult, Refused>> Download(
        TenantId tenantId, AnnouncementId id, EntityDesk desk, IBlobStore blobs, CancellationToken stop)
    {
        if ((await desk.Tenant(tenantId, stop)).Announcements.GetValueOrDefault(id) is not { } announcement) return Refused.With(Refusals.NoSuchAnnouncement);
        return blobs.Open(announcement.File) is { } audio
            ? TypedResults.Stream(audio, Wav, $"{id}.wav", entityTag: new EntityTagHeaderValue(ETags.Of(announcement.Version)), enableRangeProcessing: true)
            : Refused.With(ApiCodes.NotFound, "its file is gone");
    }

    static async Task<Results<NoContent, Refused>> Delete(
        TenantId tenantId, AnnouncementId id, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, CancellationToken stop) =>
        await desk.Tell(tenantId, new TenantCommand.DeleteAnnouncement(id, ETags.Version(ifMatch)), stop) is { } refused
            ? Refused.By(refused)
            : TypedResults.NoContent();

    static Refused? NotKept(KeptAudio kept) =>
        kept.NoRoom is { } full ? Refused.By(full)
        : kept.Fault is { } fault ? Refused.Field(ApiCodes.UnusableAudio, "file", fault.Text)
        : null;

    /// <summary>What was decided against is deleted at once; where the outcome may be unknown, the sweep finds out.</summary>
    static Refused NotNamed(Rejection refused, KeptAudio kept, AnnouncementAudio audio)
    {
        if (Problems.Of(refused.Code).Status < StatusCodes.Status500InternalServerError) audio.Discard(kept);
        return Refused.By(refused);
    }

    static async Task<Results<Tagged<AnnouncementView>, Refused>> Show(
        TenantId tenantId, AnnouncementId id, EntityDesk desk, string? location, CancellationToken stop) =>
        (await desk.Tenant(tenantId, stop)).Announcements.GetValueOrDefault(id) is { } announcement
            ? new Tagged<AnnouncementView>(AnnouncementView.Of(announcement), announcement.Version, location)
            : Refused.With(Refusals.NoSuchAnnouncement);
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;
using TeleCube.Api.Audit;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Voicemail;

/// <summary>Poczta głosowa: the box of an extension, its settings and its messages. Listening is written into the audit log, as are all changes.</summary>
static class VoicemailApi
{
    const string Wav = "audio/wav";

    public static void MapVoicemail(this RouteGroupBuilder tenant)
    {
        var box = tenant.MapGroup("/extensions/{extension}/voicemail").WithTags("Voicemail");
        box.MapGet("", Get).For(UserRole.Consultant).WithSummary("Get the settings of an extension's voicemail, and how much lies in it");
        box.MapPut("", Put).For(UserRole.Administrator).WithSummary("Replace the settings of an extension's voicemail")
            .WithDescription("A PIN or secret that is left out stays as it is; an empty one is taken away.");
        box.MapGet("/messages", List).For(UserRole.Supervisor).WithSummary("List messages, oldest first");
        box.MapGet("/messages/{message}", GetMessage).For(UserRole.Supervisor).WithSummary("Get a message");
        box.MapDelete("/messages/{message}", Delete).For(UserRole.Supervisor).WithSummary("Delete a message");
        box.MapPut("/messages/{message}/heard", PutHeard).For(UserRole.Supervisor).WithSummary("Mark a message as heard, or as new");
        box.MapGet("/messages/{message}/audio", Audio).For(UserRole.Supervisor).Produces(StatusCodes.Status200OK, contentType: Wav)
            .WithSummary("Its audio: WAV, 8 kHz, mono, 16 bit; ranges are honoured");
    }

    static async Task<Results<Tagged<VoicemailView>, Refused>> Get(TenantId tenantId, ExtensionNumber extension, EntityDesk desk, CancellationToken stop) =>
        await Show(tenantId, extension, desk, stop);

    static async Task<Results<Tagged<VoicemailView>, Refused>> Put(
        TenantId tenantId, ExtensionNumber extension, Body<VoicemailInput> body, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, ApiSettings api,
        CancellationToken stop)
    {
        var settings = body.Value.ToSettings(body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        if (body.Value.PrivateAddress(api) is { } inside) return inside;
        var command = new TenantCommand.SetVoicemail(extension, settings, body.Value.Pin is null, body.Value.WebhookSecret is null, ETags.Version(ifMatch));
        if (await desk.Tell(tenantId, command, stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, extension, desk, stop);
    }

    static async Task<Results<Ok<ListOf<MessageView>>, Refused>> List(
        TenantId tenantId, ExtensionNumber extension, [AsParameters] PageQuery page, EntityDesk desk, CancellationToken stop) =>
        await Box(tenantId, extension, desk, stop) is { } box
            ? TypedResults.Ok(ListOf<MessageView>.Page(box.Messages.Values, page, message => message.Id, MessageView.Of))
            : Refused.With(Refusals.NoSuchExtension);

    static async Task<Results<Ok<MessageView>, Refused>> GetMessage(
        TenantId tenantId, ExtensionNumber extension, string message, EntityDesk desk, CancellationToken stop) =>
        await Box(tenantId, extension, desk, stop) is not { } box ? Refused.With(Refusals.NoSuchExtension)
        : box.Messages.GetValueOrDefault(message) is { } found ? TypedResults.Ok(MessageView.Of(found))
        : Refused.With(Refusals.NoSuchMessage);

    static async Task<Results<NoContent, Refused>> Delete(TenantId tenantId, ExtensionNumber extension, string message, EntityDesk desk, CancellationToken stop) =>
        await Tell(tenantId, extension, new MailboxCommand.Delete(message), desk, stop) is { } refused ? refused : TypedResults.NoContent();

    static async Task<Results<NoContent, Refused>> PutHeard(
        TenantId tenantId, ExtensionNumber extension, string message, Body<HeardInput> body, EntityDesk desk, CancellationToken stop)
    {
        if (body.Value.Heard is null && !body.Faults.Has("heard")) body.Faults.Add("heard", "is required");
        if (body.Refusal is { } wrong) return wrong;
        return await Tell(tenantId, extension, new MailboxCommand.MarkHeard(message, body.Value.Heard!.Value), desk, stop) is { } refused ? refused : TypedResults.NoContent();
    }

    static async Task<Results<FileStreamHttpResult, Refused>> Audio(
        TenantId tenantId, ExtensionNumber extension, string message, EntityDesk desk, IBlobStore blobs, AuditTrail audit, CancellationToken stop)
    {
        if (await Box(tenantId, extension, desk, stop) is not { } box) return Refused.With(Refusals.NoSuchExtension);
        if (box.Messages.GetValueOrDefault(message) is not { } found) return Refused.With(Refusals.NoSuchMessage);
        await audit.Write(new AuditSubject("play-voicemail", "voicemail", $"{extension}/{message}", tenantId), stop);
        return blobs.Open(found.File) is { } sound
            ? TypedResults.Stream(sound, Wav, $"{extension}-{message}.wav", found.ReceivedAt, enableRangeProcessing: true)
            : Refused.With(ApiCodes.NotFound, "its file is gone");
    }

    static async Task<Refused?> Tell(TenantId tenantId, ExtensionNumber extension, MailboxCommand command, EntityDesk desk, CancellationToken stop) =>
        !(await desk.Tenant(tenantId, stop)).Extensions.ContainsKey(extension) ? Refused.With(Refusals.NoSuchExtension)
        : await desk.Tell(MailboxEntity.Of(tenantId, extension), command, stop) is { } refused ? Refused.By(refused)
        : null;

    /// <summary>Null: there is no such extension.</summary>
    static async Task<MailboxState?> Box(TenantId tenantId, ExtensionNumber extension, EntityDesk desk, CancellationToken stop) =>
        (await desk.Tenant(tenantId, stop)).Extensions.ContainsKey(extension)
            ? await desk.Ask<MailboxState>(MailboxEntity.Of(tenantId, extension), new GetMailbox(), stop)
            : null;

    static async Task<Results<Tagged<VoicemailView>, Refused>> Show(TenantId tenantId, ExtensionNumber number, EntityDesk desk, CancellationToken stop)
    {
        if ((await desk.Tenant(tenantId, stop)).Extensions.GetValueOrDefault(number) is not { } extension) return Refused.With(Refusals.NoSuchExtension);
        var box = await desk.Ask<MailboxState>(MailboxEntity.Of(tenantId, number), new GetMailbox(), stop);
        return new Tagged<VoicemailView>(VoicemailView.Of(extension.Voicemail, box), extension.Version);
    }
}

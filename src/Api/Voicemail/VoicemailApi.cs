using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Voicemail;

/// <summary>Poczta głosowa: the box of an extension, its settings, its messages, and the locks of its PIN. All changes are in the audit log.</summary>
static class VoicemailApi
{
    public static void MapVoicemail(this RouteGroupBuilder tenant)
    {
        var box = tenant.MapGroup("/extensions/{extension}/voicemail").WithTags("Voicemail");
        box.MapGet("", Get).For(UserRole.Consultant).WithSummary("Get the settings of an extension's voicemail, and how much lies in it");
        box.MapPut("", Put).For(UserRole.Administrator).WithSummary("Replace the settings of an extension's voicemail")
            .WithDescription("A PIN or secret that is left out stays as it is; an empty one is taken away.");
        box.MapDelete("/greeting", DeleteGreeting).For(UserRole.Administrator).WithSummary("Delete the greeting that the owner recorded by phone");
        box.MapGet("/lock", GetLock).For(UserRole.Administrator).WithSummary("Get from where wrong PINs came, and from where none is taken for now");
        box.MapDelete("/lock", Unlock).For(UserRole.Administrator).WithSummary("Take PINs again from everywhere, and forget the wrong ones");
        box.MapGet("/messages", List).For(UserRole.Supervisor).WithSummary("List messages, oldest first");
        box.MapGet("/messages/{message}", GetMessage).For(UserRole.Supervisor).WithSummary("Get a message");
        box.MapDelete("/messages/{message}", MessageHandlers.Delete).For(UserRole.Supervisor).WithSummary("Delete a message");
        box.MapPut("/messages/{message}/heard", MessageHandlers.PutHeard).For(UserRole.Supervisor).WithSummary("Mark a message as heard, or as new");
        box.MapGet("/messages/{message}/audio", MessageHandlers.Audio).For(UserRole.Supervisor)
            .Produces(StatusCodes.Status200OK, contentType: MessageHandlers.Wav).WithSummary("Its audio: WAV, 8 kHz, mono, 16 bit; ranges are honoured");
    }

    static async Task<Results<Tagged<VoicemailView>, Refused>> Get(
        TenantId tenantId, ExtensionNumber extension, Caller caller, EntityDesk desk, TimeProvider clock, CancellationToken stop) =>
        await Show(tenantId, extension, caller, desk, clock, stop);

    static async Task<Results<Tagged<VoicemailView>, Refused>> Put(
        TenantId tenantId, ExtensionNumber extension, Body<VoicemailInput> body, [FromHeader(Name = "If-Match")] string? ifMatch, Caller caller, EntityDesk desk,
        ApiSettings api, TimeProvider clock, CancellationToken stop)
    {
        var settings = body.Value.ToSettings(body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        if (body.Value.PrivateAddress(api) is { } inside) return inside;
        var command = new TenantCommand.SetVoicemail(extension, settings, body.Value.Pin is null, body.Value.WebhookSecret is null, ETags.Version(ifMatch));
        if (await desk.Tell(tenantId, command, stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, extension, caller, desk, clock, stop);
    }

    static async Task<Results<Ok<PinLockView>, Refused>> GetLock(
        TenantId tenantId, ExtensionNumber extension, EntityDesk desk, TimeProvider clock, CancellationToken stop) =>
        await MessageHandlers.Box(tenantId, extension, desk, stop) is { } box
            ? TypedResults.Ok(PinLockView.Of(box.Pins, clock.GetUtcNow()))
            : Refused.With(Refusals.NoSuchExtension);

    static async Task<Results<NoContent, Refused>> DeleteGreeting(TenantId tenantId, ExtensionNumber extension, EntityDesk desk, CancellationToken stop) =>
        await MessageHandlers.Tell(tenantId, extension, new MailboxCommand.DeleteGreeting(), desk, stop) is { } refused ? refused : TypedResults.NoContent();

    static async Task<Results<NoContent, Refused>> Unlock(TenantId tenantId, ExtensionNumber extension, EntityDesk desk, CancellationToken stop) =>
        await MessageHandlers.Tell(tenantId, extension, new MailboxCommand.Unlock(), desk, stop) is { } refused ? refused : TypedResults.NoContent();

    static async Task<Results<Ok<ListOf<MessageView>>, Refused>> List(
        TenantId tenantId, ExtensionNumber extension, [AsParameters] PageQuery page, EntityDesk desk, CancellationToken stop) =>
        await MessageHandlers.Box(tenantId, extension, desk, stop) is { } box
            ? TypedResults.Ok(ListOf<MessageView>.Page(box.Messages.Values, page, message => message.Id, message => MessageView.Of(extension.Value, message)))
            : Refused.With(Refusals.NoSuchExtension);

    static async Task<Results<Ok<MessageView>, Refused>> GetMessage(
        TenantId tenantId, ExtensionNumber extension, string message, EntityDesk desk, CancellationToken stop) =>
        await MessageHandlers.Box(tenantId, extension, desk, stop) is not { } box ? Refused.With(Refusals.NoSuchExtension)
        : box.Messages.GetValueOrDefault(message) is { } found ? TypedResults.Ok(MessageView.Of(extension.Value, found))
        : Refused.With(Refusals.NoSuchMessage);

    static async Task<Results<Tagged<VoicemailView>, Refused>> Show(
        TenantId tenantId, ExtensionNumber number, Caller caller, EntityDesk desk, TimeProvider clock, CancellationToken stop)
    {
        if ((await desk.Tenant(tenantId, stop)).Extensions.GetValueOrDefault(number) is not { } extension) return Refused.With(Refusals.NoSuchExtension);
        var box = await desk.Ask<MailboxState>(MailboxEntity.Of(tenantId, number), new GetMailbox(), stop);
        return new Tagged<VoicemailView>(VoicemailView.Of(extension.Voicemail, box, caller, clock.GetUtcNow()), extension.Version);
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
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

/// <summary>The messages of a company's boxes, all together, newest first. Each can be treated here as in its own box.</summary>
static class VoicemailsApi
{
    public static void MapVoicemails(this RouteGroupBuilder tenant)
    {
        var messages = tenant.MapGroup("/voicemails").WithTags("Voicemail");
        messages.MapGet("", List).For(UserRole.Supervisor).WithSummary("List the messages of all voicemail boxes, newest first");
        messages.MapGet("/{message}", Get).For(UserRole.Supervisor).WithSummary("Get a message, in whichever box it lies");
        messages.MapDelete("/{message}", Delete).For(UserRole.Supervisor).WithSummary("Delete a message, in whichever box it lies");
        messages.MapPut("/{message}/heard", PutHeard).For(UserRole.Supervisor).WithSummary("Mark a message as heard, or as new, in whichever box it lies");
        messages.MapGet("/{message}/audio", Audio).For(UserRole.Supervisor)
            .Produces(StatusCodes.Status200OK, contentType: MessageHandlers.Wav).WithSummary("The audio of a message, in whichever box it lies: WAV, 8 kHz, mono, 16 bit; ranges are honoured");
    }

    static async Task<Results<Ok<ListOf<MessageView>>, Refused>> List(
        TenantId tenantId, [AsParameters] VoicemailQuery query, [AsParameters] PageQuery page, IReadModels models, CancellationToken stop)
    {
        var rows = await models.Page(query.ToReadModel(tenantId, page.Size(), page.After), stop);
        return TypedResults.Ok(new ListOf<MessageView>([.. rows.Rows.Select(row => MessageView.Of(VoicemailRows.Read(row.Json)))], rows.Next));
    }

    static async Task<Results<Ok<MessageView>, Refused>> Get(TenantId tenantId, string message, IReadModels models, CancellationToken stop) =>
        await Find(tenantId, message, models, stop) is { } found ? TypedResults.Ok(MessageView.Of(found)) : Refused.With(Refusals.NoSuchMessage);

    static async Task<Results<NoContent, Refused>> Delete(TenantId tenantId, string message, EntityDesk desk, IReadModels models, CancellationToken stop) =>
        await BoxOf(tenantId, message, models, stop) is { } box
            ? await MessageHandlers.Delete(tenantId, box, message, desk, stop)
            : Refused.With(Refusals.NoSuchMessage);

    static async Task<Results<NoContent, Refused>> PutHeard(
        TenantId tenantId, string message, Body<HeardInput> body, EntityDesk desk, IReadModels models, CancellationToken stop) =>
        await BoxOf(tenantId, message, models, stop) is { } box
            ? await MessageHandlers.PutHeard(tenantId, box, message, body, desk, stop)
            : Refused.With(Refusals.NoSuchMessage);

    static async Task<Results<FileStreamHttpResult, Refused>> Audio(
        TenantId tenantId, string message, EntityDesk desk, IReadModels models, IBlobStore blobs, AuditTrail audit, CancellationToken stop) =>
        await BoxOf(tenantId, message, models, stop) is { } box
            ? await MessageHandlers.Audio(tenantId, box, message, desk, blobs, audit, stop)
            : Refused.With(Refusals.NoSuchMessage);

    static async Task<ExtensionNumber?> BoxOf(TenantId tenant, string message, IReadModels models, CancellationToken stop) =>
        await Find(tenant, message, models, stop) is { } found ? ExtensionNumber.Parse(found.Extension) : null;

    static async Task<VoicemailRow?> Find(TenantId tenant, string message, IReadModels models, CancellationToken stop) =>
        await models.Get(VoicemailRows.Model.Name, tenant, message, stop) is { } row ? VoicemailRows.Read(row.Json) : null;
}

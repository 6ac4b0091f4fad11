using Microsoft.AspNetCore.Http.HttpResults;
using TeleCube.Actors;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Voicemail;
using TeleCube.Api.Audit;
using TeleCube.Api.Http;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Voicemail;

/// <summary>What can be done with one message, by whichever way it was found. Listening is written into the audit log too.</summary>
static class MessageHandlers
{
    public const string Wav = "audio/wav";

    public static async Task<Results<NoContent, Refused>> Delete(
        TenantId tenantId, ExtensionNumber extension, string message, EntityDesk desk, CancellationToken stop) =>
        await Tell(tenantId, extension, new MailboxCommand.Delete(message), desk, stop) is { } refused ? refused : TypedResults.NoContent();

    public static async Task<Results<NoContent, Refused>> PutHeard(
        TenantId tenantId, ExtensionNumber extension, string message, Body<HeardInput> body, EntityDesk desk, CancellationToken stop)
    {
        if (body.Value.Heard is null && !body.Faults.Has("heard")) body.Faults.Add("heard", "is required");
        if (body.Refusal is { } wrong) return wrong;
        var mark = new MailboxCommand.MarkHeard(message, body.Value.Heard!.Value);
        return await Tell(tenantId, extension, mark, desk, stop) is { } refused ? refused : TypedResults.NoContent();
    }

    public static async Task<Results<FileStreamHttpResult, Refused>> Audio(
        TenantId tenantId, ExtensionNumber extension, string message, EntityDesk desk, IBlobStore blobs, AuditTrail audit, CancellationToken stop)
    {
        if (await Box(tenantId, extension, desk, stop) is not { } box) return Refused.With(Refusals.NoSuchExtension);
        if (box.Messages.GetValueOrDefault(message) is not { } found) return Refused.With(Refusals.NoSuchMessage);
        await audit.Write(new AuditSubject("play-voicemail", "voicemail", $"{extension}/{message}", tenantId), stop);
        return blobs.Open(found.File) is { } sound
            ? TypedResults.Stream(sound, Wav, $"{extension}-{message}.wav", found.ReceivedAt, enableRangeProcessing: true)
            : Refused.With(ApiCodes.NotFound, "its file is gone");
    }

    /// <summary>Null: it is done.</summary>
    public static async Task<Refused?> Tell(TenantId tenantId, ExtensionNumber extension, MailboxCommand command, EntityDesk desk, CancellationToken stop) =>
        !(await desk.Tenant(tenantId, stop)).Extensions.ContainsKey(extension) ? Refused.With(Refusals.NoSuchExtension)
        : await desk.Tell(MailboxEntity.Of(tenantId, extension), command, stop) is { } refused ? Refused.By(refused)
        : null;

    /// <summary>Null: there is no such extension.</summary>
    public static async Task<MailboxState?> Box(TenantId tenantId, ExtensionNumber extension, EntityDesk desk, CancellationToken stop) =>
        (await desk.Tenant(tenantId, stop)).Extensions.ContainsKey(extension)
            ? await desk.Ask<MailboxState>(MailboxEntity.Of(tenantId, extension), new GetMailbox(), stop)
            : null;
}

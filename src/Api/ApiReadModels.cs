using TeleCube.Actors.Audit;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Subscriptions;
using TeleCube.Actors.Voicemail;
using TeleCube.Api.Calls;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Api;

/// <summary>The tables that the API itself keeps; the node's store must know them.</summary>
public static class ApiReadModels
{
    public static readonly IReadOnlyList<ReadModel> All =
    [
        RevokedSessions.Model, IdempotencyKeys.Model, AuditLog.Model, SmsLog.Model, SubscriptionRows.Model, VoicemailRows.Model, SchemeArchive.Model,
    ];
}

using TeleCube.Actors.Announcements;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Queues;

/// <summary>Which queues need what: nothing is deleted under them.</summary>
static class QueueUses
{
    /// <summary>The first queue that has this consultant, as a refusal names it; or null.</summary>
    public static string? OfConsultant(TenantState tenant, ConsultantId consultant) =>
        Named(tenant, queue => queue.Consultants.Any(linked => linked.Id == consultant));

    /// <summary>The first queue whose consultant of this id must press 1.</summary>
    public static string? OfPressOne(TenantState tenant, ConsultantId consultant) =>
        Named(tenant, queue => queue.Consultants.Any(linked => linked.Id == consultant && linked.PressOne));

    public static string? OfAnnouncement(TenantState tenant, AnnouncementId id) =>
        Named(tenant, queue => queue.Music == SoundId.Of(id) || queue.Welcome == SoundId.Of(id) || queue.Periodic == SoundId.Of(id));

    static string? Named(TenantState tenant, Func<Queue, bool> uses) =>
        tenant.Queues.Values.FirstOrDefault(uses) is { } queue ? $"queue {queue.Number}" : null;
}

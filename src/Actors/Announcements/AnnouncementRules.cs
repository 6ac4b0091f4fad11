using System.Diagnostics;
using TeleCube.Actors.Prompts;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
using static TeleCube.Actors.Tenants.TenantCommand;
using static TeleCube.Actors.Tenants.TenantEvent;

namespace TeleCube.Actors.Announcements;

/// <summary>Zapowiedzi: what a tenant lets its callers hear; none goes while something still leads to it.</summary>
static class AnnouncementRules
{
    /// <summary>More than anybody looks through; the disk is bounded by <see cref="AnnouncementAudio.MostBytes"/>.</summary>
    public const int Most = 500;

    public static Decision<TenantEvent> Decide(TenantState tenant, TenantCommand command) => command switch
    {
        CreateAnnouncement(var announcement) => Create(tenant, announcement),
        UpdateAnnouncement update => Change(tenant, update.Id, update.IfMatch, old => old with
        {
            Name = update.Name,
            Description = update.Description,
            Replaces = update.Replaces,
            MusicClass = update.MusicClass,
        }),
        ReplaceAnnouncementAudio replace => Change(tenant, replace.Id, replace.IfMatch, old => old with { File = replace.File, Length = replace.Length }),
        DeleteAnnouncement(var id, var ifMatch) => Delete(tenant, id, ifMatch),
        _ => throw new UnreachableException($"{command.GetType().Name} is no announcement's command"),
    };

    static Decision<TenantEvent> Create(TenantState tenant, Announcement announcement)
    {
        if (tenant.Announcements.ContainsKey(announcement.Id)) return Decision<TenantEvent>.Reject(Refusals.AnnouncementExists, announcement.Id.Value);
        if (tenant.Announcements.Count >= Most) return Decision<TenantEvent>.Reject(Refusals.TooManyAnnouncements, $"{Most} are allowed");
        return Fault(tenant, announcement) is { } fault ? fault : new AnnouncementSaved(announcement);
    }

    static Decision<TenantEvent> Change(TenantState tenant, AnnouncementId id, long? ifMatch, Func<Announcement, Announcement> change)
    {
        if (!tenant.Announcements.TryGetValue(id, out var old)) return Decision<TenantEvent>.Reject(Refusals.NoSuchAnnouncement, id.Value);
        if (Versions.Check(ifMatch, old.Version) is { } stale) return stale;
        var changed = change(old);
        if (changed == old) return Decision<TenantEvent>.Nothing;
        return Fault(tenant, changed) is { } fault ? fault : new AnnouncementSaved(changed);
    }

    static Decision<TenantEvent> Delete(TenantState tenant, AnnouncementId id, long? ifMatch)
    {
        if (!tenant.Announcements.TryGetValue(id, out var old)) return Decision<TenantEvent>.Reject(Refusals.NoSuchAnnouncement, id.Value);
        if (Versions.Check(ifMatch, old.Version) is { } stale) return stale;
        if (tenant.Settings.MusicOnHold == SoundId.Of(id)) return Decision<TenantEvent>.Reject(Refusals.AnnouncementInUse, "music on hold");

        if (tenant.Extensions.Values.FirstOrDefault(extension => extension.Voicemail.Greeting == id) is { } greeted)
            return Decision<TenantEvent>.Reject(Refusals.AnnouncementInUse, $"voicemail of extension {greeted.Number}");

        var user = tenant.PhoneNumbers.Values.FirstOrDefault(phone => phone.ForwardTo == new ForwardTarget.ToAnnouncement(id));
        var usedBy = user?.Number.Value ?? QueueUses.OfAnnouncement(tenant, id)
            ?? SchemeUses.Of(tenant, need => need is ElementNeed.Sound(_, var needed) && needed == SoundId.Of(id));
        return usedBy is null ? new AnnouncementDeleted(id) : Decision<TenantEvent>.Reject(Refusals.AnnouncementInUse, usedBy);
    }

    /// <summary>Of two that replace the same prompt nobody could say which one is heard.</summary>
    static Rejection? Fault(TenantState tenant, Announcement announcement)
    {
        if (announcement.Replaces is not { } prompt) return null;
        if (!PromptTexts.Names.Contains(prompt)) return new Rejection(Refusals.NoSuchPrompt, prompt);
        var twin = tenant.Announcements.Values.FirstOrDefault(other => other.Id != announcement.Id && other.Replaces == prompt);
        return twin is null ? null : new Rejection(Refusals.PromptReplaced, twin.Id.Value);
    }
}

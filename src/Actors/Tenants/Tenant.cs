using System.Diagnostics;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Kernel.Persistence;
using static TeleCube.Actors.Tenants.TenantCommand;
using static TeleCube.Actors.Tenants.TenantEvent;

namespace TeleCube.Actors.Tenants;

/// <summary>What may happen to a tenant. Each resource's rules stand in a file of their own.</summary>
public static class Tenant
{
    public static Decision<TenantEvent> Decide(TenantState tenant, TenantCommand command, TenantContext context) => command switch
    {
        Adopt adopt => DecideAdoption(tenant, adopt.Profile),
        _ when tenant.Status == TenantStatus.None => Decision<TenantEvent>.Reject(Refusals.NoSuchTenant),
        DropNumber drop => PhoneNumberRules.Drop(tenant, drop),
        _ when tenant.Status == TenantStatus.Closed => Decision<TenantEvent>.Reject(Refusals.TenantClosed),
        AdoptNumber adopt => PhoneNumberRules.Adopt(tenant, adopt),
        SavePhoneNumbers save => PhoneNumberRules.Save(tenant, save),
        CreateExtension or UpdateExtension or DeleteExtension or SetExtensionPassword or SetVoicemail or SetDoNotDisturb or SetForward =>
            ExtensionRules.Decide(tenant, command, context),
        CreateExternalNumber or UpdateExternalNumber or DeleteExternalNumber => ExternalNumberRules.Decide(tenant, command, context),
        CreateAnnouncement or UpdateAnnouncement or ReplaceAnnouncementAudio or DeleteAnnouncement => AnnouncementRules.Decide(tenant, command),
        CreateScheme or SaveScheme or RestoreScheme or DeleteScheme or BindNumbers => SchemeRules.Decide(tenant, command, context),
        CreateSwitch or UpdateSwitch or SetSwitch or DeleteSwitch => SwitchRules.Decide(tenant, command),
        CreateQueue or UpdateQueue or DeleteQueue => QueueRules.Decide(tenant, command, context),
        CreateRingGroup or UpdateRingGroup or DeleteRingGroup => RingGroupRules.Decide(tenant, command, context),
        CreateUser or UpdateUser or DeleteUser => UserRules.Decide(tenant, command),
        CreateApiToken(var token) => tenant.ApiTokens.ContainsKey(token.Id)
            ? Decision<TenantEvent>.Reject(Refusals.ApiTokenExists)
            : new ApiTokenSaved(token),
        DeleteApiToken(var id) => tenant.ApiTokens.ContainsKey(id)
            ? new ApiTokenDeleted(id)
            : Decision<TenantEvent>.Reject(Refusals.NoSuchApiToken),
        SaveSettings save => SettingsRules.Save(tenant, save),
        _ => throw new UnreachableException($"no Decide for {command.GetType().Name}"),
    };

    public static TenantState Apply(TenantState tenant, TenantEvent happened)
    {
        var version = tenant.Revision + 1;
        return Change(tenant, happened, version) with { Revision = version };
    }

    static TenantState Change(TenantState tenant, TenantEvent happened, long version) => happened switch
    {
        Adopted(var profile) => Adopted(tenant, profile),
        PhoneNumberAdded(var number) => tenant with { PhoneNumbers = tenant.PhoneNumbers.SetItem(number.Number, number with { Version = version }) },
        PhoneNumberRemoved(var number) => tenant with { PhoneNumbers = tenant.PhoneNumbers.Remove(number) },
        PhoneNumbersSaved(var numbers) => tenant with
        {
            PhoneNumbers = tenant.PhoneNumbers.SetItems(
                numbers.Select(number => KeyValuePair.Create(number.Number, number with { Version = version }))),
        },
        ExtensionSaved(var extension) => tenant with
        {
            Extensions = tenant.Extensions.SetItem(extension.Number, extension with { Version = version }),
        },
        ExtensionDeleted(var number) => tenant with { Extensions = tenant.Extensions.Remove(number) },
        ExternalNumberSaved(var number) => tenant with
        {
            ExternalNumbers = tenant.ExternalNumbers.SetItem(number.Id, number with { Version = version }),
        },
        ExternalNumberDeleted(var id) => tenant with { ExternalNumbers = tenant.ExternalNumbers.Remove(id) },
        AnnouncementSaved(var announcement) => tenant with
        {
            Announcements = tenant.Announcements.SetItem(announcement.Id, announcement with { Version = version }),
        },
        AnnouncementDeleted(var id) => tenant with { Announcements = tenant.Announcements.Remove(id) },
        SchemeNamed(var id, var name, var description) => With(tenant, id, version, scheme => scheme with { Name = name, Description = description }),
        SchemeVersionSaved(var id, var saved) => Forget(With(tenant, id, version, scheme => scheme.With(saved)), saved.At),
        SchemeDraftSaved(var id, var draft) => With(tenant, id, version, scheme => scheme with { Draft = draft }),
        SchemeDeleted(var id, var at) when at == default => tenant with { Schemes = tenant.Schemes.Remove(id) }, // of before there was a time
        SchemeDeleted(var id, var at) => Forget(Retire(tenant, id, at), at),
        SwitchSaved(var changed) => tenant with { Switches = tenant.Switches.SetItem(changed.Id, changed with { Version = version }) },
        SwitchDeleted(var id) => tenant with { Switches = tenant.Switches.Remove(id) },
        QueueSaved(var queue) => tenant with { Queues = tenant.Queues.SetItem(queue.Number, queue with { Version = version }) },
        QueueDeleted(var number) => tenant with { Queues = tenant.Queues.Remove(number) },
        RingGroupSaved(var group) => tenant with { RingGroups = tenant.RingGroups.SetItem(group.Number, group with { Version = version }) },
        RingGroupDeleted(var number) => tenant with { RingGroups = tenant.RingGroups.Remove(number) },
        UserSaved(var user) => tenant with { Users = tenant.Users.SetItem(user.Id, user with { Version = version }) },
        UserDeleted(var id) => tenant with { Users = tenant.Users.Remove(id) },
        ApiTokenSaved(var token) => tenant with { ApiTokens = tenant.ApiTokens.SetItem(token.Id, token with { Version = version }) },
        ApiTokenDeleted(var id) => tenant with { ApiTokens = tenant.ApiTokens.Remove(id) },
        SettingsSaved(var settings) => tenant with { Settings = settings with { Version = version } },
        _ => throw new UnreachableException($"no Apply for {happened.GetType().Name}"),
    };

    static TenantState With(TenantState tenant, SchemeId id, long version, Func<Scheme, Scheme> change) => tenant with
    {
        Schemes = tenant.Schemes.SetItem(id, change(tenant.Schemes.GetValueOrDefault(id) ?? new Scheme(id)) with { Version = version }),
    };

    static TenantState Retire(TenantState tenant, SchemeId id, DateTimeOffset at)
    {
        var without = tenant with { Schemes = tenant.Schemes.Remove(id) };
        if (tenant.Schemes.GetValueOrDefault(id) is not { LastVersion: > 0 } scheme) return without;
        var earlier = tenant.RetiredSchemes.GetValueOrDefault(id)?.Scheme.Versions ?? scheme.Versions.Clear();
        var retired = new RetiredScheme(scheme with { Versions = earlier.SetItems(scheme.Versions), Archived = scheme.Archived.Clear() }, at);
        return without with { RetiredSchemes = tenant.RetiredSchemes.SetItem(id, retired) };
    }

    static TenantState Forget(TenantState tenant, DateTimeOffset now) => tenant with
    {
        RetiredSchemes = tenant.RetiredSchemes.RemoveRange(tenant.RetiredSchemes.Values.Where(retired => !retired.MayBeInUse(now)).Select(retired => retired.Scheme.Id)),
    };

    /// <summary>The platform repeats itself until it is confirmed, so an old version is no fault.</summary>
    static Decision<TenantEvent> DecideAdoption(TenantState tenant, TenantProfile profile) =>
        profile.Version <= tenant.Version ? Decision<TenantEvent>.Nothing : new Adopted(profile);

    static TenantState Adopted(TenantState tenant, TenantProfile profile) => tenant with
    {
        Id = profile.Id,
        Status = profile.Status,
        Name = profile.Name,
        LoginPrefix = profile.LoginPrefix,
        TimeZone = profile.TimeZone,
        Package = profile.Package,
        Tariff = profile.Tariff,
        Version = profile.Version,
    };
}

using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Audit;

/// <summary>What each command is called in the audit log. A command without a name cannot be given over the API.</summary>
static class AuditSubjects
{
    public static AuditSubject Of(TenantId tenant, TenantCommand command) => command switch
    {
        TenantCommand.CreateExtension c => new("create-extension", "extensions", c.Extension.Number.Value, tenant),
        TenantCommand.UpdateExtension c => new("update-extension", "extensions", c.Extension.Number.Value, tenant),
        TenantCommand.SetExtensionPassword c => new("set-extension-password", "extensions", c.Number.Value, tenant),
        TenantCommand.SetVoicemail c => new("set-voicemail", "voicemail", c.Number.Value, tenant),
        TenantCommand.DeleteExtension c => new("delete-extension", "extensions", c.Number.Value, tenant),
        TenantCommand.SavePhoneNumbers c => new("save-phone-numbers", "phone-numbers", string.Join(' ', c.Rows.Select(row => row.Number.Value)), tenant),
        TenantCommand.CreateExternalNumber c => new("create-external-number", "external-numbers", c.Number.Id.Value, tenant),
        TenantCommand.UpdateExternalNumber c => new("update-external-number", "external-numbers", c.Number.Id.Value, tenant),
        TenantCommand.DeleteExternalNumber c => new("delete-external-number", "external-numbers", c.Id.Value, tenant),
        TenantCommand.CreateAnnouncement c => new("create-announcement", "announcements", c.Announcement.Id.Value, tenant),
        TenantCommand.UpdateAnnouncement c => new("update-announcement", "announcements", c.Id.Value, tenant),
        TenantCommand.ReplaceAnnouncementAudio c => new("replace-announcement-audio", "announcements", c.Id.Value, tenant),
        TenantCommand.DeleteAnnouncement c => new("delete-announcement", "announcements", c.Id.Value, tenant),
        TenantCommand.CreateScheme c => new("create-scheme", "schemes", c.Id.Value, tenant),
        TenantCommand.SaveScheme c => new("save-scheme", "schemes", c.Id.Value, tenant),
        TenantCommand.RestoreScheme c => new("restore-scheme", "schemes", c.Id.Value, tenant),
        TenantCommand.DeleteScheme c => new("delete-scheme", "schemes", c.Id.Value, tenant),
        TenantCommand.BindNumbers c => new("bind-scheme", "schemes", c.Id.Value, tenant),
        TenantCommand.CreateSwitch c => new("create-switch", "switches", c.Switch.Id.Value, tenant),
        TenantCommand.UpdateSwitch c => new("update-switch", "switches", c.Id.Value, tenant),
        TenantCommand.SetSwitch c => new("set-switch", "switches", c.Id.Value, tenant),
        TenantCommand.DeleteSwitch c => new("delete-switch", "switches", c.Id.Value, tenant),
        TenantCommand.CreateQueue c => new("create-queue", "queues", c.Queue.Number.Value, tenant),
        TenantCommand.UpdateQueue c => new("update-queue", "queues", c.Queue.Number.Value, tenant),
        TenantCommand.DeleteQueue c => new("delete-queue", "queues", c.Number.Value, tenant),
        TenantCommand.CreateRingGroup c => new("create-ring-group", "ring-groups", c.Group.Number.Value, tenant),
        TenantCommand.UpdateRingGroup c => new("update-ring-group", "ring-groups", c.Group.Number.Value, tenant),
        TenantCommand.DeleteRingGroup c => new("delete-ring-group", "ring-groups", c.Number.Value, tenant),
        TenantCommand.CreateUser c => new("create-user", "users", c.User.Id.Value, tenant),
        TenantCommand.UpdateUser c => new("update-user", "users", c.Id.Value, tenant),
        TenantCommand.DeleteUser c => new("delete-user", "users", c.Id.Value, tenant),
        TenantCommand.CreateApiToken c => new("create-api-token", "api-tokens", c.Token.Id.Value, tenant),
        TenantCommand.DeleteApiToken c => new("delete-api-token", "api-tokens", c.Id.Value, tenant),
        TenantCommand.SaveSettings => new("save-settings", "settings", null, tenant),
        _ => throw Unnamed(command),
    };

    public static AuditSubject Of(TenantId tenant, DistributorCommand command) => command switch
    {
        DistributorCommand.LogIn c => new("log-in-agent", "queues", $"{c.Queue}/{c.Consultant}", tenant),
        DistributorCommand.LogOut c => new("log-out-agent", "queues", $"{c.Queue}/{c.Consultant}", tenant),
        DistributorCommand.Pause c => new("pause-agent", "queues", $"{c.Queue}/{c.Consultant}", tenant),
        DistributorCommand.Unpause c => new("unpause-agent", "queues", $"{c.Queue}/{c.Consultant}", tenant),
        _ => throw Unnamed(command),
    };

    public static AuditSubject Of(PlatformCommand command) => command switch
    {
        PlatformCommand.CreateTenant c => new("create-tenant", "tenants", c.Profile.Id.Value, c.Profile.Id),
        PlatformCommand.UpdateTenant c => new("update-tenant", "tenants", c.Profile.Id.Value, c.Profile.Id),
        PlatformCommand.CloseTenant c => new("close-tenant", "tenants", c.Id.Value, c.Id),
        PlatformCommand.SaveTariff c => new("save-tariff", "tariffs", c.Tariff.Id.Value),
        PlatformCommand.DeleteTariff c => new("delete-tariff", "tariffs", c.Id.Value),
        PlatformCommand.SavePackage c => new("save-package", "packages", c.Package.Id.Value),
        PlatformCommand.AddNumber c => new("add-phone-number", "phone-numbers", c.Number.Value, c.Tenant),
        PlatformCommand.RemoveNumber c => new("remove-phone-number", "phone-numbers", c.Number.Value),
        PlatformCommand.AssignNumber { Tenant: null } c => new("take-back-phone-number", "phone-numbers", c.Number.Value),
        PlatformCommand.AssignNumber c => new("assign-phone-number", "phone-numbers", c.Number.Value, c.Tenant),
        PlatformCommand.SaveTrunk { Create: true } c => new("create-trunk", "trunks", c.Trunk.Id.Value),
        PlatformCommand.SaveTrunk c => new("update-trunk", "trunks", c.Trunk.Id.Value),
        PlatformCommand.DeleteTrunk c => new("delete-trunk", "trunks", c.Id.Value),
        _ => throw Unnamed(command),
    };

    public static AuditSubject Of(EntityId call, CallCommand command) => command switch
    {
        CallCommand.Order => new("order-call", "calls", call.Id, call.Tenant),
        CallCommand.HangUp => new("hang-up-call", "calls", call.Id, call.Tenant),
        CallCommand.TransferTo => new("transfer-call", "calls", call.Id, call.Tenant),
        CallCommand.Hold { On: true } => new("hold-call", "calls", call.Id, call.Tenant),
        CallCommand.Hold => new("resume-call", "calls", call.Id, call.Tenant),
        CallCommand.SendDigits => new("send-digits", "calls", call.Id, call.Tenant),
        _ => throw Unnamed(command),
    };

    public static AuditSubject Of(EntityId box, MailboxCommand command) => command switch
    {
        MailboxCommand.MarkHeard { Heard: true } c => new("mark-voicemail-heard", "voicemail", $"{box.Id}/{c.Message}", box.Tenant),
        MailboxCommand.MarkHeard c => new("mark-voicemail-new", "voicemail", $"{box.Id}/{c.Message}", box.Tenant),
        MailboxCommand.DeleteGreeting => new("delete-voicemail-greeting", "voicemail", box.Id, box.Tenant),
        MailboxCommand.Unlock => new("unlock-voicemail", "voicemail", box.Id, box.Tenant),
        MailboxCommand.Delete c => new("delete-voicemail", "voicemail", $"{box.Id}/{c.Message}", box.Tenant),
        _ => throw Unnamed(command),
    };

    static ArgumentException Unnamed(object command) => new($"{command.GetType().Name} has no name in the audit log");
}

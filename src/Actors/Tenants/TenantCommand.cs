using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Tenants;

/// <summary>Everything that can be asked of a tenant. <c>IfMatch</c> is the version that the asker has seen; null takes any.</summary>
public abstract record TenantCommand
{
    TenantCommand() { }

    /// <summary>From the platform: the operator's part, created or changed. A repeat or an older version does nothing.</summary>
    public sealed record Adopt(TenantProfile Profile) : TenantCommand;

    /// <summary>From the platform: a number of the pool is this tenant's now.</summary>
    public sealed record AdoptNumber(E164 Number, bool ReceiveOnly = false) : TenantCommand;

    public sealed record DropNumber(E164 Number) : TenantCommand;

    public sealed record CreateExtension(Extension Extension) : TenantCommand;

    /// <summary>Replaces everything but the password.</summary>
    public sealed record UpdateExtension(Extension Extension, long? IfMatch = null) : TenantCommand;

    public sealed record SetExtensionPassword(ExtensionNumber Number, SipCredentials Credentials) : TenantCommand;

    /// <summary>Replaces everything of its voicemail box but what is kept.</summary>
    public sealed record SetVoicemail(ExtensionNumber Number, VoicemailSettings Settings, bool KeepPin, bool KeepSecret, long? IfMatch = null) : TenantCommand;

    public sealed record SetDoNotDisturb(ExtensionNumber Number, bool On) : TenantCommand;

    /// <summary>Null switches the forward off.</summary>
    public sealed record SetForward(ExtensionNumber Number, ForwardCase Case, DialledNumber? Target) : TenantCommand;

    public sealed record DeleteExtension(ExtensionNumber Number, long? IfMatch = null) : TenantCommand;

    /// <summary>Zapisz ustawienia dla zakupionych numerów: all rows or none (PRODUCT §3).</summary>
    public sealed record SavePhoneNumbers(ImmutableArray<PhoneNumberRow> Rows) : TenantCommand;

    public sealed record CreateExternalNumber(ExternalNumber Number, PriceQuote? Accepted, string By) : TenantCommand;

    /// <summary>A changed number needs an accepted quote, other changes don't.</summary>
    public sealed record UpdateExternalNumber(ExternalNumber Number, PriceQuote? Accepted, string By, long? IfMatch = null) : TenantCommand;

    public sealed record DeleteExternalNumber(ExternalNumberId Id, long? IfMatch = null) : TenantCommand;

    public sealed record CreateAnnouncement(Announcement Announcement) : TenantCommand;

    /// <summary>Replaces everything but the audio.</summary>
    public sealed record UpdateAnnouncement(
        AnnouncementId Id, string Name, string Description, string? Replaces, long? IfMatch = null) : TenantCommand
    {
        public string? MusicClass { get; init; }
    }

    public sealed record ReplaceAnnouncementAudio(AnnouncementId Id, BlobName File, TimeSpan Length, long? IfMatch = null) : TenantCommand;

    public sealed record DeleteAnnouncement(AnnouncementId Id, long? IfMatch = null) : TenantCommand;

    public sealed record CreateQueue(Queue Queue) : TenantCommand;

    /// <summary>Replaces everything; who has logged in by code, or out, stays so.</summary>
    public sealed record UpdateQueue(Queue Queue, long? IfMatch = null) : TenantCommand;

    public sealed record DeleteQueue(ExtensionNumber Number, long? IfMatch = null) : TenantCommand;

    public sealed record CreateRingGroup(RingGroup Group) : TenantCommand;

    public sealed record UpdateRingGroup(RingGroup Group, long? IfMatch = null) : TenantCommand;

    public sealed record DeleteRingGroup(ExtensionNumber Number, long? IfMatch = null) : TenantCommand;

    /// <summary>Without a graph only the name is new. A graph that does not lint is kept as a draft; calls go by it never.</summary>
    public sealed record CreateScheme(SchemeId Id, string Name, string Description, SchemeGraph? Graph, string By) : TenantCommand;

    /// <summary>As <see cref="CreateScheme"/>; a graph that lints becomes the next version, by which new calls go.</summary>
    public sealed record SaveScheme(SchemeId Id, string Name, string Description, SchemeGraph? Graph, string By, long? IfMatch = null) : TenantCommand;

    /// <summary>An old version's graph, saved again as the next one; <paramref name="Archived"/> is its graph where only the archive has it.</summary>
    public sealed record RestoreScheme(SchemeId Id, int Number, string By, long? IfMatch = null, SchemeGraph? Archived = null) : TenantCommand;

    public sealed record DeleteScheme(SchemeId Id, long? IfMatch = null) : TenantCommand;

    /// <summary>
    /// Powiąż numer: exactly these numbers lead to the scheme from now on, all or none. One that leads elsewhere is taken only if that was confirmed
    /// (PRODUCT §3).
    /// </summary>
    public sealed record BindNumbers(SchemeId Id, ImmutableArray<E164> Numbers, bool ConfirmReplace) : TenantCommand;

    public sealed record CreateSwitch(ManualSwitch Switch) : TenantCommand;

    /// <summary>Its name and code; the state stays.</summary>
    public sealed record UpdateSwitch(SwitchId Id, string Name, string? Code, long? IfMatch = null) : TenantCommand;

    /// <summary>Null turns it over.</summary>
    public sealed record SetSwitch(SwitchId Id, bool? On) : TenantCommand;

    public sealed record DeleteSwitch(SwitchId Id, long? IfMatch = null) : TenantCommand;

    public sealed record CreateUser(User User) : TenantCommand;

    /// <summary>The password stays if <paramref name="Password"/> is null.</summary>
    public sealed record UpdateUser(
        UserId Id, string Login, string Name, UserRole Role, bool Disabled, PasswordHash? Password = null, long? IfMatch = null) : TenantCommand;

    public sealed record DeleteUser(UserId Id, long? IfMatch = null) : TenantCommand;

    public sealed record CreateApiToken(ApiToken Token) : TenantCommand;

    public sealed record DeleteApiToken(ApiTokenId Id) : TenantCommand;

    public sealed record SaveSettings(TenantSettings Settings, long? IfMatch = null) : TenantCommand;
}

/// <summary>One row of the phone numbers' page.</summary>
public sealed record PhoneNumberRow(E164 Number, string Description, string ClipPrefix, ForwardTarget? ForwardTo, long? IfMatch = null);

/// <summary>When calls for an extension are forwarded.</summary>
public enum ForwardCase { Unconditional, Busy, NoAnswer, Unreachable }

using System.Text.Json.Serialization;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;

namespace TeleCube.Actors.Tenants;

/// <summary>Where the calls of a phone number go (Przekieruj na); nothing at all is a null target.</summary>
[JsonDerivedType(typeof(ToExtension), "extension")]
[JsonDerivedType(typeof(ToExternalNumber), "external-number")]
[JsonDerivedType(typeof(ToAnnouncement), "announcement")]
[JsonDerivedType(typeof(ToScheme), "scheme")]
[JsonDerivedType(typeof(ToQueue), "queue")]
[JsonDerivedType(typeof(ToRingGroup), "ring-group")]
[JsonDerivedType(typeof(ToVoicemail), "voicemail")]
public abstract record ForwardTarget
{
    ForwardTarget() { }

    /// <summary>The target as people are told of it.</summary>
    [JsonIgnore]
    public string Text => this switch
    {
        ToExtension(var number) => $"extension {number}",
        ToExternalNumber(var id) => $"external number {id}",
        ToAnnouncement(var id) => $"announcement {id}",
        ToScheme(var id) => $"scheme {id}",
        ToQueue(var number) => $"queue {number}",
        ToRingGroup(var number) => $"ring group {number}",
        ToVoicemail(var number) => $"voicemail of extension {number}",
        _ => GetType().Name,
    };

    public sealed record ToExtension(ExtensionNumber Number) : ForwardTarget;

    public sealed record ToExternalNumber(ExternalNumberId Id) : ForwardTarget;

    /// <summary>Played once, then the call ends.</summary>
    public sealed record ToAnnouncement(AnnouncementId Id) : ForwardTarget;

    public sealed record ToScheme(SchemeId Id) : ForwardTarget;

    public sealed record ToQueue(ExtensionNumber Number) : ForwardTarget;

    public sealed record ToRingGroup(ExtensionNumber Number) : ForwardTarget;

    /// <summary>The caller leaves a message, and nobody is rung.</summary>
    public sealed record ToVoicemail(ExtensionNumber Number) : ForwardTarget;
}

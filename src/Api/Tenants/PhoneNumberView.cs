using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;

namespace TeleCube.Api.Tenants;

/// <summary>A number of the tenant and where its calls go; <c>version</c> is what a row's own <c>ifMatch</c> names.</summary>
public sealed record PhoneNumberView(
    string Number, string Zone, string Description, string ClipPrefix, ForwardTargetView? ForwardTo, bool ReceiveOnly, long Version)
{
    internal static PhoneNumberView Of(PhoneNumber number, INumberInfo plan) => new(
        number.Number.Value, plan.Of(number.Number).Zone, number.Description, number.ClipPrefix, ForwardTargetView.Of(number.ForwardTo),
        number.ReceiveOnly, number.Version);
}

/// <summary>What a phone number leads to.</summary>
public enum ForwardKind { Extension, ExternalNumber, Announcement, Scheme, Queue, RingGroup, Voicemail }

/// <summary>Przekieruj na: an extension, a queue or a ring group by its number; an external number, an announcement or a scheme by its id.</summary>
public sealed record ForwardTargetView(ForwardKind Kind, string Id)
{
    internal static ForwardTargetView? Of(ForwardTarget? target) => target switch
    {
        ForwardTarget.ToExtension(var extension) => new(ForwardKind.Extension, extension.Value),
        ForwardTarget.ToExternalNumber(var id) => new(ForwardKind.ExternalNumber, id.Value),
        ForwardTarget.ToAnnouncement(var id) => new(ForwardKind.Announcement, id.Value),
        ForwardTarget.ToScheme(var id) => new(ForwardKind.Scheme, id.Value),
        ForwardTarget.ToQueue(var number) => new(ForwardKind.Queue, number.Value),
        ForwardTarget.ToRingGroup(var number) => new(ForwardKind.RingGroup, number.Value),
        ForwardTarget.ToVoicemail(var number) => new(ForwardKind.Voicemail, number.Value),
        _ => null,
    };
}

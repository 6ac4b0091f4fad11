using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Schemes;

/// <summary>
/// One element of a scheme: its options, its exits, and what it does with a call. <c>Next</c> is pure, so that real calls and simulations
/// cannot differ; what is under way when a caller leaves is cancelled by the call itself.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AnnouncementElement), "announcement")]
[JsonDerivedType(typeof(MenuElement), "menu")]
[JsonDerivedType(typeof(QueueElement), "queue")]
[JsonDerivedType(typeof(ExtensionElement), "extension")]
[JsonDerivedType(typeof(RingGroupElement), "ringGroup")]
[JsonDerivedType(typeof(ExternalNumberElement), "externalNumber")]
[JsonDerivedType(typeof(TimeConditionElement), "timeCondition")]
[JsonDerivedType(typeof(CallerConditionElement), "callerCondition")]
[JsonDerivedType(typeof(VoicemailElement), "voicemail")]
[JsonDerivedType(typeof(VoicemailMenuElement), "voicemailMenu")]
[JsonDerivedType(typeof(ConferenceRoomElement), "conferenceRoom")]
[JsonDerivedType(typeof(SmsElement), "sms")]
[JsonDerivedType(typeof(WebhookElement), "webhook")]
[JsonDerivedType(typeof(JumpElement), "jump")]
[JsonDerivedType(typeof(HangupElement), "hangup")]
public abstract record SchemeElement
{
    public required ElementId Id { get; init; }

    /// <summary>What people call it; optional.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where the element leads, by the name of the exit.</summary>
    public ImmutableSortedDictionary<string, ElementId> Exits { get; init; } = ImmutableSortedDictionary<string, ElementId>.Empty;

    /// <summary>The exits that it has by its options.</summary>
    [JsonIgnore]
    public abstract ImmutableArray<ElementExit> Leaves { get; }

    /// <summary>What of the tenant's it needs to be there: numbers, announcements, other schemes.</summary>
    [JsonIgnore]
    public virtual IEnumerable<ElementNeed> Needs => [];

    /// <summary>
    /// True if whoever leaves by this exit has surely spent time here: a loop by such exits only is no endless one. Somebody who is away, or busy, is
    /// known at once, so those exits take no time; nor does a sound that has no length.
    /// </summary>
    public virtual bool WaitsBefore(string exit, TenantState tenant) => false;

    /// <summary>Options whose values make no sense, whatever the tenant has.</summary>
    public virtual IEnumerable<OptionFault> OptionFaults() => [];

    /// <summary>What is to be done now that this has happened.</summary>
    public abstract ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context);
}

/// <summary>An exit of an element; one that is not required may lead nowhere: the call then ends there.</summary>
public readonly record struct ElementExit(string Name, bool Required);

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Schemes.Elements;

namespace TeleCube.Actors.Schemes;

/// <summary>
/// One element of a scheme: its options, its exits, and what it does with a call. <see cref="Next"/> is pure, so that real calls and simulations
/// cannot differ; what is under way when a caller leaves is cancelled by the call itself.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AnnouncementElement), "announcement")]
[JsonDerivedType(typeof(MenuElement), "menu")]
[JsonDerivedType(typeof(ExtensionElement), "extension")]
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

    /// <summary>True if a caller spends time here, so that a loop through it is no endless one.</summary>
    [JsonIgnore]
    public virtual bool Waits => false;

    /// <summary>What is to be done now that this has happened.</summary>
    public abstract ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context);
}

/// <summary>An exit of an element; one that is not required may lead nowhere: the call then ends there.</summary>
public readonly record struct ElementExit(string Name, bool Required);

/// <summary>Something that an element refers to; its field is named as in the element's JSON.</summary>
public abstract record ElementNeed(string Field)
{
    public sealed record Sound(string Field, Announcements.SoundId Id) : ElementNeed(Field);

    public sealed record Extension(string Field, Numbers.ExtensionNumber Number) : ElementNeed(Field);

    public sealed record External(string Field, Tenants.ExternalNumberId Id) : ElementNeed(Field);

    public sealed record OtherScheme(string Field, SchemeId Id) : ElementNeed(Field);
}

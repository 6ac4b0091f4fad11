using System.Text.Json.Serialization;

namespace TeleCube.Actors.Calls.Model;

/// <summary>Who is at the far end of a leg.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Phone), "phone")]
[JsonDerivedType(typeof(Outside), "outside")]
public abstract record Party
{
    Party() { }

    /// <summary>A phone registered to an extension of the tenant.</summary>
    public sealed record Phone(string Extension) : Party;

    /// <summary>A number reached through, or calling through, a trunk.</summary>
    public sealed record Outside(string TrunkId, string Number) : Party
    {
        /// <summary>The company's own extension that called by one of its public numbers, as our own wire proves it.</summary>
        public string? Extension { get; init; }
    }
}

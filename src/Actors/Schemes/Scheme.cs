using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TeleCube.Actors.Schemes;

/// <summary>A company's call-flow scheme (Moja centralka) with every version that was saved; versions never change.</summary>
public sealed record Scheme(SchemeId Id)
{
    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>By number, from 1; calls end in the version in which they began.</summary>
    public ImmutableSortedDictionary<int, SchemeVersion> Versions { get; init; } = ImmutableSortedDictionary<int, SchemeVersion>.Empty;

    /// <summary>The version by which new calls go; 0: none yet, for none that was saved could be used.</summary>
    public int Current { get; init; }

    /// <summary>Saved, and not fit for use: lint says why. Null where there is none.</summary>
    public SchemeGraph? Draft { get; init; }

    public long Version { get; init; }

    [JsonIgnore]
    public SchemeGraph? CurrentGraph => Versions.GetValueOrDefault(Current)?.Graph;
}

/// <summary>One saved version, who saved it, and when.</summary>
public sealed record SchemeVersion(int Number, SchemeGraph Graph, string By, DateTimeOffset At);

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TeleCube.Actors.Schemes;

/// <summary>A company's call-flow scheme (Moja centralka) with the versions that were saved; versions never change.</summary>
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

    /// <summary>The number of the next version; none is ever given twice.</summary>
    [JsonIgnore]
    public int NextVersion => Versions.IsEmpty ? 1 : Versions.Keys.Last() + 1;

    /// <summary>The oldest versions go when there are too many; the new one is the last to go.</summary>
    public Scheme With(SchemeVersion saved)
    {
        var versions = Versions.SetItem(saved.Number, saved);
        var elements = versions.Values.Sum(version => version.Graph.Elements.Length);
        foreach (var (number, version) in versions)
        {
            if (elements <= SchemeLimits.KeptElements || number == saved.Number) break;
            elements -= version.Graph.Elements.Length;
            versions = versions.Remove(number);
        }

        return this with { Versions = versions, Current = saved.Number, Draft = null };
    }
}

/// <summary>One saved version, who saved it, and when.</summary>
public sealed record SchemeVersion(int Number, SchemeGraph Graph, string By, DateTimeOffset At);

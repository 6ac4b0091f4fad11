using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TeleCube.Actors.Schemes;

/// <summary>A company's call-flow scheme (Moja centralka) with the versions that were saved; versions never change.</summary>
public sealed record Scheme(SchemeId Id)
{
    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>By number, from 1, those by which calls may go; calls end in the version in which they began.</summary>
    public ImmutableSortedDictionary<int, SchemeVersion> Versions { get; init; } = ImmutableSortedDictionary<int, SchemeVersion>.Empty;

    /// <summary>Those by which no call goes any more; their graphs are rows (<see cref="SchemeArchive"/>).</summary>
    public ImmutableSortedDictionary<int, ArchivedVersion> Archived { get => field ?? ImmutableSortedDictionary<int, ArchivedVersion>.Empty; init; }

    /// <summary>The version by which new calls go; 0: none yet, for none that was saved could be used.</summary>
    public int Current { get; init; }

    /// <summary>Saved, and not fit for use: lint says why. Null where there is none.</summary>
    public SchemeGraph? Draft { get; init; }

    public long Version { get; init; }

    [JsonIgnore]
    public SchemeGraph? CurrentGraph => Versions.GetValueOrDefault(Current)?.Graph;

    /// <summary>By which new calls go; null: by none.</summary>
    [JsonIgnore]
    public int? UsedVersion => CurrentGraph is null ? null : Current;

    /// <summary>The greatest number that was given; none is ever given twice.</summary>
    [JsonIgnore]
    public int LastVersion => Math.Max(Versions.Keys.LastOrDefault(), Archived.Keys.LastOrDefault());

    [JsonIgnore]
    public int KeptElements => Versions.Values.Sum(version => version.Graph.Elements.Length);

    /// <summary>When there are too many, the oldest go to the archive, unless a call may still go by them.</summary>
    public Scheme With(SchemeVersion saved)
    {
        var (versions, archived) = (Versions.SetItem(saved.Number, saved), Archived);
        var elements = KeptElements + saved.Graph.Elements.Length;
        foreach (var (old, next) in Versions.Values.Zip(Versions.Values.Skip(1).Append(saved)))
        {
            if (elements <= SchemeLimits.KeptElements || next.At > saved.At - SchemeLimits.MayBeInUse) break;
            elements -= old.Graph.Elements.Length;
            versions = versions.Remove(old.Number);
            archived = archived.SetItem(old.Number, new ArchivedVersion(old.Number, old.Graph.Elements.Length, old.By, old.At));
        }

        while (archived.Count > SchemeLimits.Archived) archived = archived.Remove(archived.Keys.First());
        return this with { Versions = versions, Archived = archived, Current = saved.Number, Draft = null };
    }
}

/// <summary>A scheme that was deleted while calls may go by it.</summary>
public sealed record RetiredScheme(Scheme Scheme, DateTimeOffset At)
{
    public bool MayBeInUse(DateTimeOffset now) => At > now - SchemeLimits.MayBeInUse;
}

/// <summary>What is remembered of a version whose graph is in the archive.</summary>
public sealed record ArchivedVersion(int Number, int Elements, string By, DateTimeOffset At);

/// <summary>One saved version, who saved it, and when.</summary>
public sealed record SchemeVersion(int Number, SchemeGraph Graph, string By, DateTimeOffset At);

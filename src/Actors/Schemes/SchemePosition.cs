using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Schemes;

/// <summary>Where a call is in its scheme, and what it waits for there; whole in the call's journal.</summary>
public sealed record SchemePosition(SchemeId Scheme, int Version, ElementId Element, CallerId Caller)
{
    public ElementMemory Memory { get; init; } = ElementMemory.Empty;

    public SchemeWait? Wait { get; init; }

    /// <summary>How often the call has waited in schemes.</summary>
    public int Waits { get; init; }

    /// <summary>The last keys that the caller pressed in menus.</summary>
    public string Digits { get => field ?? ""; init; } = "";

    /// <summary>A graph of this call only: an announcement to which a number leads directly.</summary>
    public SchemeGraph? Inline { get; init; }

    /// <summary>Why the call ends that hears of it here: a code was refused. Null: the element says why.</summary>
    public EndCause? Refusal { get; init; }

    /// <summary>The schemes that the call has left by a jump, each in the version in which it had entered it: should it come back, that one leads it on.</summary>
    public ImmutableSortedDictionary<SchemeId, int> Entered { get => field ?? ImmutableSortedDictionary<SchemeId, int>.Empty; init; }

    /// <summary>At the start of that scheme: in the version that has led this call, else in the current one, or the last of one that was deleted; null: there is none.</summary>
    public SchemePosition? JumpTo(SchemeId id, TenantState tenant)
    {
        var entered = Inline is null && !Entered.ContainsKey(Scheme) ? Entered.Add(Scheme, Version) : Entered;
        int?[] versions =
        [
            entered.TryGetValue(id, out var first) ? first : null,
            tenant.Schemes.GetValueOrDefault(id)?.UsedVersion,
            tenant.RetiredSchemes.GetValueOrDefault(id)?.Scheme.UsedVersion,
        ];
        foreach (var version in versions.OfType<int>())
        {
            var there = this with { Scheme = id, Version = version, Memory = ElementMemory.Empty, Wait = null, Inline = null, Entered = entered };
            if (there.GraphOf(tenant) is { } graph) return there with { Element = graph.Start };
        }

        return null;
    }

    public SchemeGraph? GraphOf(TenantState tenant) => Inline
        ?? tenant.Schemes.GetValueOrDefault(Scheme)?.Versions.GetValueOrDefault(Version)?.Graph
        ?? tenant.RetiredSchemes.GetValueOrDefault(Scheme)?.Scheme.Versions.GetValueOrDefault(Version)?.Graph;
}

/// <summary>An offer that nobody took.</summary>
public sealed record FailedOffer(long Number, ImmutableArray<MissedOffer> Missed, DateTimeOffset At);

/// <summary>How far a caller's wish to be called back has come.</summary>
public enum CallBackWish
{
    None,
    Asked,

    /// <summary>The place is kept: the caller is told so, and then hung up on.</summary>
    Kept,
}

/// <summary>What a call in a scheme waits for; <see cref="Serial"/> counts the waits of the call, so that one is never taken for another.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "wait")]
[JsonDerivedType(typeof(Playing), "playing")]
[JsonDerivedType(typeof(Listening), "listening")]
[JsonDerivedType(typeof(Queueing), "queueing")]
[JsonDerivedType(typeof(Recording), "recording")]
[JsonDerivedType(typeof(Asking), "asking")]
[JsonDerivedType(typeof(Deciding), "deciding")]
[JsonDerivedType(typeof(Ringing), "ringing")]
public abstract record SchemeWait(int Serial)
{
    /// <summary>The end of what is played.</summary>
    public sealed record Playing(ImmutableArray<SoundId> Sounds, int Serial) : SchemeWait(Serial);

    public sealed record Listening(DateTimeOffset Until, int Serial) : SchemeWait(Serial);

    /// <summary>A consultant of the queue, while music or <paramref name="Sounds"/> are heard. <paramref name="Serial"/> is the ticket's.</summary>
    public sealed record Queueing(string Queue, DateTimeOffset Since, ImmutableArray<SoundId> Sounds, int Serial) : SchemeWait(Serial)
    {
        public string? Skill { get; init; }

        /// <summary>The offer that is being rung, or null.</summary>
        public long? Offer { get; init; }

        /// <summary>The last offer that came to nothing, for who asks again.</summary>
        public FailedOffer? Failed { get; init; }

        public CallBackWish CallBack { get; init; }

        /// <summary>Place and wait were due while something else was heard: they come next.</summary>
        public bool OwesOutlook { get; init; }
    }

    /// <summary>The end of what the caller says; the recording has this name in its box, and as a file.</summary>
    public sealed record Recording(string Box, string Id, TimeSpan Silence, DateTimeOffset Since, DateTimeOffset Until, int Serial) : SchemeWait(Serial)
    {
        /// <summary>What the box's callers will hear, and no message.</summary>
        public bool IsGreeting { get; init; }
    }

    /// <summary>The answer of a voicemail box.</summary>
    public sealed record Asking(string Box, int Serial) : SchemeWait(Serial)
    {
        /// <summary>What became of a message is asked: for so long the caller spoke.</summary>
        public TimeSpan? Spoken { get; init; }
    }

    /// <summary>The answer of a server of the company's. Its address, which may hold a token, stays in the element: older journals have it here.</summary>
    public sealed record Deciding(TimeSpan Within, int Serial) : SchemeWait(Serial);

    /// <summary>The outcome of the call's current step.</summary>
    public sealed record Ringing(int Serial) : SchemeWait(Serial);
}

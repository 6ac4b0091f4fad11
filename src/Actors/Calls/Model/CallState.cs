using System.Collections.Immutable;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Sms;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Calls.Model;

/// <summary>Over: ended, with farewells under way. Closed: nothing is owed any more.</summary>
public enum CallPhase { New, Setup, Talking, Over, Closed }

/// <summary>Everything of one call that a node must know to carry it on.</summary>
public sealed record CallState
{
    static readonly ImmutableSortedDictionary<string, UntakenOffers> _noneUntaken = ImmutableSortedDictionary.Create<string, UntakenOffers>(StringComparer.Ordinal);

    public static readonly CallState Initial = new();

    /// <summary>What stands for a caller whose number is withheld.</summary>
    public const string WithheldCaller = "anonymous";

    public CallId Id { get; init; }

    public TenantId Tenant { get; init; }

    public CallPhase Phase { get; init; }

    public CallDirection Direction { get; init; }

    /// <summary>The calling party as shown to people, and the number as dialled.</summary>
    public string Caller { get; init; } = "";

    public string? CallerName { get; init; }

    public string Dialled { get; init; } = "";

    /// <summary>The tenant's own number by which the call came in, or null.</summary>
    public string? DialledNumber { get; init; }

    public bool Emergency { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public ImmutableArray<Leg> Legs { get; init; } = [];

    /// <summary>The number of the current step, counted from 1 over the whole call, and what it is.</summary>
    public int Step { get; init; }

    public RouteStep? Trying { get; init; }

    /// <summary>How many trunks were tried already, by each line of the current step; a <see cref="RouteStep.Dial"/> is line 0.</summary>
    public ImmutableSortedDictionary<int, int> TrunksTried { get; init; } = ImmutableSortedDictionary<int, int>.Empty;

    /// <summary>The lines of the current <see cref="RouteStep.RingConsultants"/> of which nothing can come any more, and why.</summary>
    public ImmutableSortedDictionary<int, EndCause> LinesMissed { get; init; } = ImmutableSortedDictionary<int, EndCause>.Empty;

    /// <summary>The leg on whose behalf the current step dials.</summary>
    public int Waiting { get; init; }

    /// <summary>The two legs that talk.</summary>
    public Pair? Talk { get; init; }

    public Transfer? Transfer { get; init; }

    /// <summary>The other call with which one leg of this call talks after an attended transfer.</summary>
    public Partner? Partner { get; init; }

    /// <summary>The last call with which this one was joined; stands in the CDR.</summary>
    public CallId? JoinedWith { get; init; }

    /// <summary>Where its party is parked.</summary>
    public Parking? Parking { get; init; }

    /// <summary>The extension that picked the call up where another's phone rang.</summary>
    public string? PickedUpBy { get; init; }

    /// <summary>For a call ordered over the API: the number to be called once the first leg has answered.</summary>
    public string? ThenCall { get; init; }

    /// <summary>Where the waiting caller is in a scheme, until somebody answers.</summary>
    public SchemePosition? Scheme { get; init; }

    /// <summary>What elements of schemes have had sent.</summary>
    public ImmutableArray<OutgoingSms> SchemeSms { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>How often the call has waited in schemes: no wait, and no place in a queue, is taken for an earlier one.</summary>
    public int SchemeWaits { get; init; }

    /// <summary>The queues in which the call has waited, in their order; stands in the CDR.</summary>
    public ImmutableArray<QueueStay> Queues { get; init; } = [];

    /// <summary>For a call back to who waited in a queue.</summary>
    public CallBackOrder? CallBack { get; init; }

    /// <summary>The prompt that the waiting caller hears before the call is refused.</summary>
    public SpokenRefusal? Announcement { get; init; }

    /// <summary>What the exchange has done for the caller, unless it went on from there to somebody; stands in the CDR.</summary>
    public CallService? Served { get; init; }

    /// <summary>What the caller sets by the code that it dialled.</summary>
    public CodeSetting? Setting { get; init; }

    public EndCause? Cause { get; init; }

    /// <summary>How often the call was taken over after a restart.</summary>
    public int Recoveries { get; init; }

    /// <summary>Offers to consultants that nobody took, of which the legs are not kept any more; by queue and consultant.</summary>
    public ImmutableSortedDictionary<string, UntakenOffers> Untaken { get; init; } = _noneUntaken;

    public Leg? this[int number] => IndexOf(number) is >= 0 and var index ? Legs[index] : null;

    /// <summary>What the next leg is called; no number is used twice.</summary>
    public int NextLeg => Legs.IsEmpty ? 0 : Legs[^1].Number + 1;

    public CallState With(Leg leg) =>
        this with { Legs = IndexOf(leg.Number) is >= 0 and var index ? Legs.SetItem(index, leg) : Legs.Add(leg) };

    /// <summary>Legs stand in their order; a leg is further to the front than its number says where others are not kept any more.</summary>
    int IndexOf(int number)
    {
        for (var index = Math.Min(number, Legs.Length - 1); index >= 0 && Legs[index].Number >= number; index--)
            if (Legs[index].Number == number) return index;
        return -1;
    }

    /// <summary>The leg that talks, or is about to talk, with this one.</summary>
    public Leg? PeerOf(int leg) => Talk?.Other(leg) is { } other ? this[other] : null;

    /// <summary>The leg that talks with the partner's.</summary>
    public Leg? JoinedLeg => Partner is null ? null : this[Waiting];

    /// <summary>A transferor whose transfer is done: it talks with nobody here any more.</summary>
    public bool IsLeftOver(Leg leg) =>
        Phase is CallPhase.Talking && Transfer is null && leg is { Up: true, IsPreparing: false } && Talk?.Other(leg.Number) is null && Waiting != leg.Number;
}

/// <summary>Two legs that are connected to each other.</summary>
public sealed record Pair(int A, int B)
{
    public int? Other(int leg) => leg == A ? B : leg == B ? A : null;
}

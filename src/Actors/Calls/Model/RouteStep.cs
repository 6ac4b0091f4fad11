using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;

namespace TeleCube.Actors.Calls.Model;

/// <summary>One thing to try for a call: ring extensions, dial a number through trunks, run a scheme, or refuse.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step")]
[JsonDerivedType(typeof(Ring), "ring")]
[JsonDerivedType(typeof(RingGroup), "ring-group")]
[JsonDerivedType(typeof(RingConsultants), "ring-consultants")]
[JsonDerivedType(typeof(Dial), "dial")]
[JsonDerivedType(typeof(RunScheme), "run-scheme")]
[JsonDerivedType(typeof(TakeUp), "take-up")]
[JsonDerivedType(typeof(Refuse), "refuse")]
public abstract record RouteStep
{
    RouteStep() { }

    /// <summary>Rings all phones of an extension; the first to answer wins.</summary>
    public sealed record Ring(string Extension, TimeSpan For, CallerId From) : RouteStep;

    /// <summary>Rings the phones of several extensions at once, whose own forwards are not followed; the first to answer wins.</summary>
    public sealed record RingGroup(ImmutableArray<string> Extensions, TimeSpan For, CallerId From) : RouteStep;

    /// <summary>Rings consultants of a queue at once, extensions and numbers outside; the first to take the call wins.</summary>
    public sealed record RingConsultants(ImmutableArray<ConsultantLine> Lines, TimeSpan For, CallerId From) : RouteStep
    {
        /// <summary>Consultants of the same offer who could not even be rung.</summary>
        public ImmutableArray<MissedOffer> Missed { get => field.IsDefault ? [] : field; init; } = [];
    }

    /// <summary>Dials a number through the first of the trunks that takes it.</summary>
    public sealed record Dial(
        string Number, string Destination, ImmutableArray<string> Trunks, CallerId From, bool Emergency, bool OnNet, TimeSpan For) : RouteStep
    {
        /// <summary>The tenant's external number that is dialled, by its id, where the call goes to it as such.</summary>
        public string? External { get; init; }
    }

    /// <summary>The caller goes through a scheme from here.</summary>
    public sealed record RunScheme(SchemePosition Start) : RouteStep
    {
        /// <summary>The outcome in place of which an extension's voicemail takes the call; null where the scheme was meant from the beginning.</summary>
        public EndCause? InsteadOf { get; init; }

        /// <summary>What the caller has had once it is led there: an announcement, to which a number leads.</summary>
        public CallService? Serves { get; init; }
    }

    /// <summary>Takes up the party that waits for this leg of another call: a phone rings for it, or it is parked.</summary>
    public sealed record TakeUp(string Call, int Leg) : RouteStep;

    public sealed record Refuse(EndCause Cause) : RouteStep
    {
        /// <summary>The name of the number outside that was meant; null where none was.</summary>
        public string? Destination { get; init; }
    }
}

/// <summary>How one consultant is reached: the phones of an extension, or a number outside; exactly one of them.</summary>
public sealed record ConsultantLine(QueueSeat Seat, string? Extension, RouteStep.Dial? Outside);

/// <summary>
/// What a callee is shown. A hidden number goes only to trusted peers, as asserted identity with <c>Privacy: id</c> (RFC 3323, 3325).
/// </summary>
public sealed record CallerId(string? Number, string? Name, bool Hidden = false)
{
    /// <summary>The number from which the call was forwarded (RFC 5806), or null.</summary>
    public string? DivertedFrom { get; init; }

    /// <summary>Why it was forwarded: <c>unconditional</c>, <c>user-busy</c>, <c>no-answer</c>, <c>unavailable</c>.</summary>
    public string? DiversionReason { get; init; }

    /// <summary>How often this call has been forwarded.</summary>
    public int Hops { get; init; }

    /// <summary>The number of ours that stands for the caller where a carrier takes no foreign number.</summary>
    public string? Fallback { get; init; }
}

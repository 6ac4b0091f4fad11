using System.Text.Json;
using System.Text.Json.Serialization;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Queues;
using TeleCube.Api.Http;

namespace TeleCube.Api.Calls;

/// <summary>The record of an ended call, and of its joining with another one; durations in seconds from answer to end.</summary>
public sealed record CdrView(
    string Id, CallWay Direction, string Caller, string? CallerName, string Callee, string? DialledNumber, DateTimeOffset StartedAt,
    DateTimeOffset? AnsweredAt, DateTimeOffset EndedAt, int DurationSeconds, string Disposition, EndCauseView Cause, CdrServiceView? Service, string? Destination,
    Money Cost, string? JoinedWith, int Recoveries, IReadOnlyList<CdrLegView> Legs, IReadOnlyList<CdrQueueView> Queues, IReadOnlyList<CdrUntakenView> Untaken)
{
    static readonly JsonSerializerOptions _stored = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>From the JSON of the read model, a public format whose fields are only ever added.</summary>
    internal static CdrView Read(string json)
    {
        var cdr = JsonSerializer.Deserialize<Stored>(json, _stored)!;
        return new CdrView(
            cdr.Id, cdr.Direction, cdr.Caller, cdr.CallerName, cdr.Callee, cdr.DialledNumber, cdr.StartedAt, cdr.AnsweredAt, cdr.EndedAt,
            cdr.DurationSeconds, cdr.Disposition, cdr.Cause, cdr.Service, cdr.Destination, Money.Of(cdr.Net, cdr.Gross), cdr.JoinedWith, cdr.Recoveries,
            [.. (cdr.Legs ?? []).Select(leg => leg.ToView())], [.. (cdr.Queues ?? []).Select(queue => queue.ToView())], cdr.Untaken ?? []);
    }

    sealed record Stored(
        string Id, CallWay Direction, string Caller, string? CallerName, string Callee, string? DialledNumber, DateTimeOffset StartedAt,
        DateTimeOffset? AnsweredAt, DateTimeOffset EndedAt, int DurationSeconds, string Disposition, EndCauseView Cause, CdrServiceView? Service, string? Destination,
        decimal Net, decimal Gross, string? JoinedWith, int Recoveries, IReadOnlyList<StoredLeg>? Legs, IReadOnlyList<StoredQueue>? Queues,
        IReadOnlyList<CdrUntakenView>? Untaken);

    sealed record StoredQueue(string Queue, DateTimeOffset Since, int WaitedSeconds, string? Consultant, QueueExit Exit)
    {
        public CdrQueueView ToView() => new(Queue, Since, WaitedSeconds, Consultant, Exit);
    }

    sealed record StoredLeg(
        int Number, string Party, string? Trunk, string? Destination, DateTimeOffset StartedAt, DateTimeOffset? AnsweredAt, DateTimeOffset EndedAt,
        int DurationSeconds, int ChargedSeconds, decimal NetPerMinute, decimal Net, decimal Gross, EndCauseView Cause)
    {
        public CdrLegView ToView() => new(
            Number, Party, Trunk, Destination, StartedAt, AnsweredAt, EndedAt, DurationSeconds, ChargedSeconds,
            Actors.Billing.MoneyText.Api(NetPerMinute), Money.Of(Net, Gross), Cause);
    }
}

/// <summary>Why a call or a leg ended: a code, the SIP status that said so, and a text for people.</summary>
public sealed record EndCauseView(string Code, int Status, string Text);

/// <summary>What the exchange itself did for the caller, and by which box, code or announcement; null where it did nothing by itself.</summary>
public sealed record CdrServiceView(ServiceKind Kind, string Name);

/// <summary>One leg of a call and what it cost.</summary>
public sealed record CdrLegView(
    int Number, string Party, string? Trunk, string? Destination, DateTimeOffset StartedAt, DateTimeOffset? AnsweredAt, DateTimeOffset EndedAt,
    int DurationSeconds, int ChargedSeconds, string NetPerMinute, Money Cost, EndCauseView Cause);

/// <summary>A wait in a queue: since when and for how long, which consultant took the call, and how the wait ended.</summary>
public sealed record CdrQueueView(string Queue, DateTimeOffset Since, int WaitedSeconds, string? Consultant, QueueExit Exit);

/// <summary>How many legs rang at a consultant in vain beyond those that are listed: who waits for hours is offered again and again.</summary>
public sealed record CdrUntakenView(string Queue, string Consultant, int Legs, DateTimeOffset FirstAt, DateTimeOffset LastAt);

using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors.Numbers;
using TeleCube.Api.Http;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Calls;

/// <summary>Filters of the call records; numbers match by their beginning, national ones are completed.</summary>
public sealed record CdrQuery(
    [FromQuery(Name = "from")] DateTimeOffset? From,
    [FromQuery(Name = "to")] DateTimeOffset? To,
    [FromQuery(Name = "caller")] string? Caller,
    [FromQuery(Name = "callee")] string? Callee,
    [FromQuery(Name = "direction")] string? Direction,
    [FromQuery(Name = "minDuration")] int? MinDuration,
    [FromQuery(Name = "hasRecording")] bool? HasRecording)
{
    /// <summary>The read model that calls write with their last event.</summary>
    internal const string Model = "cdr";

    /// <summary>Says what is wrong before an answer is begun.</summary>
    internal CdrQuery Checked()
    {
        if (Direction is { } way) Way(way);
        if (Caller?.Any(char.IsControl) == true) throw new BadFieldException("caller", "contains control characters");
        if (Callee?.Any(char.IsControl) == true) throw new BadFieldException("callee", "contains control characters");
        return this;
    }

    internal ReadModelQuery ToReadModel(TenantId tenant, int limit, string? after) =>
        new(Model, tenant, [.. Checked().Filters()], "started_at", Ascending: false, limit, after);

    IEnumerable<ReadModelFilter> Filters()
    {
        if (From is { } from) yield return new("started_at", FilterOperator.AtLeast, from.ToUniversalTime());
        if (To is { } to) yield return new("started_at", FilterOperator.Below, to.ToUniversalTime());
        if (!string.IsNullOrWhiteSpace(Caller)) yield return new("caller", FilterOperator.StartsWith, DialledNumber.Canonical(Caller));
        if (!string.IsNullOrWhiteSpace(Callee)) yield return new("callee", FilterOperator.StartsWith, DialledNumber.Canonical(Callee));
        if (Direction is { } way) yield return new("direction", FilterOperator.Equal, Way(way));
        if (MinDuration is { } seconds) yield return new("duration", FilterOperator.AtLeast, (long)seconds);
        if (HasRecording is { } has) yield return new("recording", has ? FilterOperator.IsNotNull : FilterOperator.IsNull, null);
    }

    static string Way(string text) => text.All(char.IsAsciiLetter) && Enum.TryParse<CallWay>(text, ignoreCase: true, out var way)
        ? way.ToString().ToLowerInvariant()
        : throw new BadFieldException("direction", "must be internal, incoming or outgoing");
}

/// <summary>The way of a call, seen from the tenant.</summary>
public enum CallWay { Internal, Incoming, Outgoing }

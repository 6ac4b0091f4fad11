using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Voicemail;

/// <summary>Filters of a company's messages; callers match by the beginning of their number, national ones are completed.</summary>
public sealed record VoicemailQuery(
    [FromQuery(Name = "from")] DateTimeOffset? From,
    [FromQuery(Name = "to")] DateTimeOffset? To,
    [FromQuery(Name = "extension")] string? Extension,
    [FromQuery(Name = "caller")] string? Caller,
    [FromQuery(Name = "heard")] bool? Heard)
{
    internal ReadModelQuery ToReadModel(TenantId tenant, int limit, string? after) =>
        new(VoicemailRows.Model.Name, tenant, [.. Filters()], "received_at", Ascending: false, limit, after);

    IEnumerable<ReadModelFilter> Filters()
    {
        if (From is { } from) yield return new("received_at", FilterOperator.AtLeast, from.ToUniversalTime());
        if (To is { } to) yield return new("received_at", FilterOperator.Below, to.ToUniversalTime());
        if (!string.IsNullOrWhiteSpace(Extension)) yield return new("extension", FilterOperator.Equal, Extension.Trim());
        if (!string.IsNullOrWhiteSpace(Caller)) yield return new("caller", FilterOperator.StartsWith, DialledNumber.Canonical(Caller));
        if (Heard is { } heard) yield return new("heard", FilterOperator.Equal, heard);
    }
}

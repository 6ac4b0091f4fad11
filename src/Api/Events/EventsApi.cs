using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Events;

/// <summary>What happens in a tenant, as it happens (server-sent events).</summary>
static class EventsApi
{
    public static void MapEvents(this RouteGroupBuilder tenant) =>
        tenant.MapGet("/events", Open).For(UserRole.Supervisor).WithTags("Events")
            .WithSummary("Follow what happens (server-sent events); resumes after Last-Event-ID, or after=, without gap or repetition")
            .Produces<string>(StatusCodes.Status200OK, EventStream.ContentType)
            .ProducesProblem(StatusCodes.Status410Gone, "application/problem+json");

    static async Task<Results<EventStream, Refused>> Open(
        TenantId tenantId, [FromHeader(Name = "Last-Event-ID")] string? lastEventId, [FromQuery(Name = "after")] string? after,
        IEventFeeds feeds, EventSeats seats, CancellationToken stop)
    {
        var range = await feeds.RangeOf(tenantId, stop);
        var from = range.Last;
        // A browser that comes back repeats the address it began with: what it has seen since counts.
        if ((lastEventId ?? after) is { } text && !(long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out from) && from <= range.Last))
            return Refused.Unreadable(ApiCodes.BadCursor, lastEventId is null ? "after" : "Last-Event-ID", "is not the id of an event of this stream");
        if (from + 1 < range.Oldest)
            return Refused.With(ApiCodes.EventsGone, string.Create(CultureInfo.InvariantCulture, $"the oldest that is kept is {range.Oldest}"));
        return seats.TryTake(tenantId) is { } seat
            ? new EventStream(tenantId, from, seat)
            : Refused.After(ApiCodes.TooManyStreams, TimeSpan.FromSeconds(10));
    }
}

using Microsoft.AspNetCore.Http.Features;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Events;

/// <summary>
/// A tenant's events from a number on, until the client leaves. They are read from the store a page at a time, at the client's pace: what a
/// slow one has not taken waits on the disk, not in memory.
/// </summary>
sealed class EventStream(TenantId tenant, long after, IDisposable seat) : IResult
{
    public const string ContentType = "text/event-stream";
    const int PageSize = 100;

    static readonly TimeSpan _heartbeat = TimeSpan.FromSeconds(15);

    // News come by the group commit, hundreds of times a second on a busy node; a client reads them some of the time, together.
    static readonly TimeSpan _rest = TimeSpan.FromMilliseconds(20);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var left = seat;
        var services = httpContext.RequestServices;
        var stop = httpContext.RequestAborted;
        Begin(httpContext);
        try
        {
            await httpContext.Response.Body.WriteAsync(EventFrame.Opening, stop);
            await httpContext.Response.Body.FlushAsync(stop);
            await Follow(httpContext, services.GetRequiredService<IEventFeeds>(), services.GetRequiredService<TimeProvider>(), stop);
        }
        catch (Exception end) when (end is OperationCanceledException or StoreUnavailableException or ObjectDisposedException)
        {
            // The client is gone, or the store is: it comes back and goes on where it was.
        }
    }

    static void Begin(HttpContext context)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // nginx would collect events before it passes them on
    }

    async Task Follow(HttpContext context, IEventFeeds feeds, TimeProvider clock, CancellationToken stop)
    {
        var (last, shown) = (after, clock.GetTimestamp());
        while (true)
        {
            if (clock.GetElapsedTime(shown) >= _heartbeat)
            {
                if (!await IsStillWelcome(context, stop)) return;
                await context.Response.BodyWriter.WriteAsync(EventFrame.Heartbeat, stop);
                shown = clock.GetTimestamp();
            }

            var next = feeds.NextOf(tenant); // before the reading: what comes between the two is not missed
            var page = await feeds.ReadFeed(tenant, last, PageSize, stop);
            if (page is [var first, ..] && first.Number != last + 1) return; // retention has overtaken it: coming back, it hears of that
            foreach (var said in page) EventFrame.Write(context.Response.BodyWriter, said);
            if (page.Count > 0)
            {
                last = page[^1].Number;
                await context.Response.BodyWriter.FlushAsync(stop);
                if (page.Count < PageSize) await Task.Delay(_rest, clock, stop);
            }
            else if (!await Wait(next, _heartbeat - clock.GetElapsedTime(shown), clock, stop))
            {
                return;
            }
        }
    }

    /// <summary>False when there is nothing more to wait for: the store is closed.</summary>
    static async Task<bool> Wait(Task<bool> next, TimeSpan most, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            return most <= TimeSpan.Zero || await next.WaitAsync(most, clock, stop);
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    /// <summary>A stream, a busy one too, may outlive the session, the role or the token with which it was opened.</summary>
    static async Task<bool> IsStillWelcome(HttpContext context, CancellationToken stop) =>
        ApiAuthentication.TokenOf(context.Request) is { } token
        && await context.RequestServices.GetRequiredService<CallerReader>().Read(token, stop) is { } caller
        && caller.Role >= UserRole.Supervisor;
}

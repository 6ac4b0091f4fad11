using TeleCube.Kernel.Sharding;

namespace TeleCube.Node.Logging;

/// <summary>Every log line of an API request carries its tenant.</summary>
static class RequestLogScope
{
    public static void UseRequestLogScope(this WebApplication web) => web.Use(async (context, next) =>
    {
        if (context.Request.RouteValues.GetValueOrDefault("tenantId") is not { } tenant)
        {
            await next(context);
            return;
        }
        using (web.Logger.BeginScope(new LogScope(new KeyValuePair<string, object?>("tenant", tenant)))) await next(context);
    });
}

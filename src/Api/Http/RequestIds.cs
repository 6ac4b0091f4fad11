namespace TeleCube.Api.Http;

/// <summary>Each answer names its request as the log and the audit log do.</summary>
static class RequestIds
{
    public static void UseRequestIds(this WebApplication web) => web.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            context.Response.Headers["X-Request-Id"] = context.TraceIdentifier;
            return Task.CompletedTask;
        });
        return next(context);
    });
}

namespace TeleCube.Node.Health;

/// <summary><c>/healthz</c>: the process is alive (else restart it). <c>/readyz</c>: it takes traffic (else send it elsewhere).</summary>
public static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("alive\n")).ExcludeFromDescription();
        routes.MapGet("/readyz", Ready).ExcludeFromDescription();
    }

    static IResult Ready(Readiness readiness)
    {
        var report = readiness.Now();
        return Results.Json(report, statusCode: report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}

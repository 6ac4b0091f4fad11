namespace TeleCube.Node.Metrics;

/// <summary><c>/metrics</c> for Prometheus.</summary>
static class MetricsRoutes
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", (MetricsRegistry metrics) => Results.Text(metrics.Scrape(), PrometheusText.ContentType)).ExcludeFromDescription();
}

using System.Text;
using Grid.Host.Api.Metrics;

namespace Grid.Host.Api;

/// <summary>Metrics for Prometheus.</summary>
public static class MetricsApi
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", static (MetricCollector collector, ProcessInstruments _) =>
            TypedResults.Text(collector.Write(), PrometheusText.MediaType, Encoding.UTF8)).WithTags("Health");
}

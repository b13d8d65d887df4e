using System.Text;
using Grid.Grains;
using Grid.Host.Api.Metrics;
using Grid.Host.Feedback;
using Grid.Host.Ingress;
using Grid.Host.Telemetry;

namespace Grid.Host.Api;

/// <summary>Metrics for Prometheus.</summary>
public static class MetricsApi
{
    /// <summary>Collecting begins here, not with the first reading: what was measured before would be missing.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        var collector = routes.ServiceProvider.GetRequiredService<MetricCollector>();
        var queue = routes.ServiceProvider.GetRequiredService<QueueInstruments>();
        routes.ServiceProvider.GetRequiredService<ProcessInstruments>();
        routes.ServiceProvider.GetRequiredService<OutcomeInstruments>();
        routes.ServiceProvider.GetRequiredService<IngressInstruments>();
        routes.ServiceProvider.GetRequiredService<StageInstruments>();
        routes.ServiceProvider.GetRequiredService<FeedbackInstruments>();
        routes.MapGet("/metrics", async (CancellationToken cancellationToken) =>
        {
            await queue.RefreshAsync(cancellationToken);
            return TypedResults.Text(collector.Write(), PrometheusText.MediaType, Encoding.UTF8);
        }).WithTags("Health");
    }
}

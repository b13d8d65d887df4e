using Grid.Core.Ports;
using Grid.Grains;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>Liveness and readiness, for whoever runs the process.</summary>
public static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Health");
        health.MapGet("/live", () => Answer.Json(new HealthBody("ok"), ApiJson.Default.HealthBody)).Produces<HealthBody>();
        health.MapGet("/ready", Ready).Produces<HealthBody>().Produces<HealthBody>(503);
    }

    /// <summary>Ready from the moment that everything has started until the process is told to stop, while the store takes writes.</summary>
    private static IResult Ready(ISpool spool, Readiness readiness, IHostApplicationLifetime lifetime)
    {
        var reason = lifetime switch
        {
            { ApplicationStopping.IsCancellationRequested: true } => "stopping",
            _ when !readiness.IsReady || !lifetime.ApplicationStarted.IsCancellationRequested => "starting",
            _ when !spool.IsAvailable => "the store cannot write",
            _ => null,
        };
        return reason is null
            ? Answer.Json(new HealthBody("ok"), ApiJson.Default.HealthBody)
            : Answer.Json(new HealthBody("unavailable", reason), ApiJson.Default.HealthBody, 503);
    }
}

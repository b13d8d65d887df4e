using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;

namespace Orleans.Embedded.Hosting;

internal static class EmbeddedSiloServices
{
    /// <summary>Adds the engine; a second time does nothing.</summary>
    public static void AddEmbeddedSilo(this IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(Silo)))
        {
            return;
        }

        services.AddOptions<SiloMessagingOptions>()
            .Validate(o => o.ResponseTimeout > TimeSpan.Zero || o.ResponseTimeout == Timeout.InfiniteTimeSpan, "SiloMessagingOptions.ResponseTimeout must be more than 0, or infinite.")
            .Validate(o => o.MaxEnqueuedRequestsHardLimit >= 0, "SiloMessagingOptions.MaxEnqueuedRequestsHardLimit must be 0 (no limit) or more.");
        services.AddOptions<GrainCollectionOptions>()
            .Validate(o => o.CollectionQuantum > TimeSpan.Zero, "GrainCollectionOptions.CollectionQuantum must be more than 0.")
            .Validate(o => o.CollectionAge > o.CollectionQuantum, "GrainCollectionOptions.CollectionAge must be more than CollectionQuantum.")
            .Validate(o => o.ActivationTimeout > TimeSpan.Zero, "GrainCollectionOptions.ActivationTimeout must be more than 0.")
            .Validate(o => o.DeactivationTimeout > TimeSpan.Zero, "GrainCollectionOptions.DeactivationTimeout must be more than 0.");
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Silo>();
        services.AddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<Silo>().GrainFactory);
        services.AddSingleton<IClusterClient>(static provider => provider.GetRequiredService<Silo>().GrainFactory);
        services.AddHostedService<SiloHost>();
    }
}

using Grid.Core.Ports;
using Grid.Host.Options;
using Grid.Host.Telemetry;

namespace Grid.Host.Wiring;

/// <summary>Metrics and traces for a collector; without one nothing is traced, and nothing costs for it.</summary>
internal static class TelemetryWiring
{
    public static void AddGridTelemetry(this WebApplicationBuilder builder, GridOptions options)
    {
        var services = builder.Services;
        services.AddSingleton<OutcomeInstruments>();
        if (options.Otlp.Endpoint is null)
        {
            return;
        }

        services.AddSingleton(options.Otlp);
        services.AddSingleton(new MessageTrace(options.Otlp.TraceRatio));
        services.AddHostedService<OtlpExport>();
        Wrap<ISpool>(services, static (spool, trace) => new TracedSpool(spool, trace));
        Wrap<IMailTransport>(services, static (transport, trace) => new TracedTransport(transport, trace));
    }

    /// <summary>Puts something around what is registered, whichever that is.</summary>
    private static void Wrap<T>(IServiceCollection services, Func<T, MessageTrace, T> wrap)
        where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T));
        services.Remove(inner);
        services.AddSingleton(provider => wrap(
            (T)(inner.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!)),
            provider.GetRequiredService<MessageTrace>()));
    }
}

using Grid.Core.Ports;
using Grid.Host.Options;
using Grid.Host.Telemetry;
using Grid.Mail.Sending;
using Grid.Storage;

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
        services.AddSingleton<ISpool>(provider => new TracedSpool(provider.GetRequiredService<GridStore>().Spool, provider.GetRequiredService<MessageTrace>()));
        services.AddSingleton<IMailTransport>(provider => new TracedTransport(ActivatorUtilities.CreateInstance<SmtpTransport>(provider), provider.GetRequiredService<MessageTrace>()));
    }
}

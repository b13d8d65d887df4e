using Grid.Host.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Grid.Host.Telemetry;

/// <summary>
/// Sends metrics and traces to a collector. In: instruments of meters named Grid…, spans of the source Grid. Out: OTLP.
/// Guarantees that neither carries an address, a subject or a body. What the collector does not take is dropped; mail never waits for it.
/// </summary>
public sealed class OtlpExport(OtlpOptions options, GridOptions grid) : IHostedService, IDisposable
{
    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Endpoint is null)
        {
            return Task.CompletedTask;
        }

        var resource = ResourceBuilder.CreateEmpty().AddService("grid", serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3), autoGenerateServiceInstanceId: false, serviceInstanceId: grid.Storage.Owner);
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter("Grid", "Grid.*")
            .AddOtlpExporter((exporter, reader) =>
            {
                Configure(exporter, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Interval.TotalMilliseconds;
            })
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(MessageTrace.SourceName).SetSampler(new AlwaysOnSampler())
            .AddOtlpExporter(exporter => Configure(exporter, "v1/traces"))
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
        (_metrics, _traces) = (null, null);
    }

    private void Configure(OtlpExporterOptions exporter, string path)
    {
        exporter.Protocol = options.Protocol == OtlpProtocol.Http ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = options.Protocol == OtlpProtocol.Http ? new(options.Endpoint!.ToString().TrimEnd('/') + "/" + path) : options.Endpoint!;
        exporter.Headers = options.Headers;
        exporter.TimeoutMilliseconds = (int)TimeSpan.FromSeconds(5).TotalMilliseconds;
    }
}

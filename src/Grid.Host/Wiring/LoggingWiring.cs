using System.Globalization;
using Grid.Host.Demo;
using Grid.Host.Options;
using Serilog;
using Serilog.Events;

namespace Grid.Host.Wiring;

/// <summary>Serilog: the console (a demo has it for itself), and a file a day in the data folder; <c>Serilog:*</c> in the configuration changes or adds to that.</summary>
internal static class LoggingWiring
{
    private const string Template = "{Timestamp:HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";
    private const long FileBytes = 64L * 1024 * 1024;
    private const int Files = 14;

    public static void AddGridLogging(this WebApplicationBuilder builder, LoadedConfiguration loaded)
    {
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .MinimumLevel.Override("Orleans", LogEventLevel.Warning)
            .WriteTo.File(
                Path.Combine(loaded.Options.Data, "log", "grid-.log"), outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day, fileSizeLimitBytes: FileBytes, rollOnFileSizeLimit: true, retainedFileCountLimit: Files)
            .ReadFrom.Configuration(loaded.Configuration);
        if (!loaded.Words.Contains(DemoCommand.Word))
        {
            configuration.WriteTo.Console(outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture);
        }

        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(configuration.CreateLogger(), dispose: true);
    }
}

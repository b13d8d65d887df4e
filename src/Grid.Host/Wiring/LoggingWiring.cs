using System.Globalization;
using Grid.Host.Demo;
using Grid.Host.Options;
using Grid.Host.Telemetry;
using Serilog;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace Grid.Host.Wiring;

/// <summary>Serilog: the console (a demo has it for itself), and a file a day in the data folder; <c>Serilog:*</c> in the configuration changes or adds to that.
/// People's addresses are left out of both unless <c>Grid:Log:Addresses</c> asks for them; no message body is logged anywhere.</summary>
internal static class LoggingWiring
{
    private const string Template = "{Timestamp:HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";
    private const long FileBytes = 64L * 1024 * 1024;
    private const int Files = 14;

    public static void AddGridLogging(this WebApplicationBuilder builder, LoadedConfiguration loaded)
    {
        ITextFormatter plain = new MessageTemplateTextFormatter(Template, CultureInfo.InvariantCulture);
        var lines = loaded.Options.Log.Addresses ? plain : new DiscreetFormatter(plain);
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .MinimumLevel.Override("Orleans", LogEventLevel.Warning)
            .WriteTo.File(
                lines, Path.Combine(loaded.Options.Data, "log", "grid-.log"),
                rollingInterval: RollingInterval.Day, fileSizeLimitBytes: FileBytes, rollOnFileSizeLimit: true, retainedFileCountLimit: Files)
            .ReadFrom.Configuration(loaded.Configuration);
        if (!loaded.Words.Contains(DemoCommand.Word))
        {
            configuration.WriteTo.Console(lines);
        }

        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(configuration.CreateLogger(), dispose: true);
    }
}

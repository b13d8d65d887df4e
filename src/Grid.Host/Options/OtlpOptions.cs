using System.Globalization;

namespace Grid.Host.Options;

/// <summary>Where metrics and traces are sent, by OpenTelemetry's protocol.</summary>
/// <param name="Endpoint">The collector's base URL; null: nothing is sent. Default null.</param>
/// <param name="Protocol">grpc (the default) or http.</param>
/// <param name="Headers">Such as a key for the collector: NAME=VALUE with commas between; null for none.</param>
/// <param name="TraceRatio">Fraction of messages whose life is traced, 0 to 1. Default 0.01.</param>
/// <param name="Interval">Time between two readings of the metrics, 1 to 3,600 s. Default 60 s.</param>
public sealed record OtlpOptions(Uri? Endpoint, OtlpProtocol Protocol, string? Headers, double TraceRatio, TimeSpan Interval)
{
    /// <summary>The defaults.</summary>
    public static OtlpOptions Default { get; } = new(null, OtlpProtocol.Grpc, null, 0.01, TimeSpan.FromSeconds(60));

    internal static OtlpOptions Read(OptionsReader reader) => new(
        reader.Parse<Uri?>("Grid:Otlp:Endpoint", null, "an http or https URL", (string text, out Uri? value) => OptionTexts.TryUrl(text, out value!)),
        reader.Parse("Grid:Otlp:Protocol", Default.Protocol, "grpc or http", (string text, out OtlpProtocol value) =>
            Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0])),
        ReadHeaders(reader),
        reader.Parse("Grid:Otlp:TraceRatio", Default.TraceRatio, "a number from 0 to 1", (string text, out double value) =>
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value is >= 0 and <= 1),
        TimeSpan.FromSeconds(reader.Integer("Grid:Otlp:IntervalSeconds", (int)Default.Interval.TotalSeconds, 1, 3600)));

    /// <summary>They may hold a key: they are not repeated.</summary>
    private static string? ReadHeaders(OptionsReader reader)
    {
        const string Key = "Grid:Otlp:Headers";
        var text = reader.Text(Key);
        if (text is null || text.Split(',').All(pair => pair.IndexOf('=', StringComparison.Ordinal) > 0))
        {
            return text;
        }

        reader.Refuse(Key, "NAME=VALUE with commas between", null);
        return null;
    }
}

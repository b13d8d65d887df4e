using System.Text.RegularExpressions;
using Serilog.Events;
using Serilog.Formatting;

namespace Grid.Host.Telemetry;

/// <summary>
/// Writes log lines without people's addresses: of what looks like one only the domain stays. It looks at the finished line, so that
/// receivers' words and exceptions are covered too, whoever logged them.
/// </summary>
public sealed partial class DiscreetFormatter(ITextFormatter inner) : ITextFormatter
{
    /// <inheritdoc />
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        inner.Format(logEvent, line);
        var text = line.ToString();
        output.Write(text.Contains('@', StringComparison.Ordinal) ? Address().Replace(text, "…@$1") : text);
    }

    // A quoted local part, or whatever stands before the @ without a separator; a lone @ is no address.
    [GeneratedRegex("""(?:"[^"\r\n]{1,128}"|[^\s"<>(),:;=/\[\]@]{1,128})@([\p{L}\p{N}][\p{L}\p{N}.-]{0,252})""")]
    private static partial Regex Address();
}

namespace Grid.Host.Options;

/// <summary>Who is believed about mail that was sent.</summary>
/// <param name="Reporters">Feedback loops whose complaints count. Default none: complaints that come over SMTP are listed for the abuse desk.</param>
/// <param name="MaxComplaintsPerReporterPerHour">1 to 1,000,000. Default 10,000; what comes beyond is listed.</param>
/// <param name="Acknowledge">Letters to the abuse desk are acknowledged by mail. Default true.</param>
public sealed record FeedbackOptions(IReadOnlyList<ReporterOptions> Reporters, int MaxComplaintsPerReporterPerHour, bool Acknowledge = true)
{
    internal static FeedbackOptions Read(OptionsReader reader) => new(
        ReporterOptions.ReadAll(reader),
        reader.Integer("Grid:Feedback:MaxComplaintsPerReporterPerHour", 10_000, 1, 1_000_000),
        reader.Parse("Grid:Feedback:Acknowledge", true, OptionTexts.BooleanRule, (string text, out bool value) => bool.TryParse(text, out value)));
}

using Grid.Core.Ingress;

namespace Grid.Host.Options;

/// <summary>Who is believed about mail that was sent.</summary>
/// <param name="Reporters">Feedback loops whose complaints count. Default none: complaints that come over SMTP are listed for the abuse desk.</param>
/// <param name="MaxComplaintsPerReporterPerHour">1 to 1,000,000. Default 10,000; what comes beyond is listed.</param>
/// <param name="AcknowledgeAs">Tenant whose transactional mail acknowledges letters to abuse@. Default none: letters are acknowledged in the session only.</param>
public sealed record FeedbackOptions(IReadOnlyList<ReporterOptions> Reporters, int MaxComplaintsPerReporterPerHour, string? AcknowledgeAs = null)
{
    internal static FeedbackOptions Read(OptionsReader reader) => new(
        ReporterOptions.ReadAll(reader),
        reader.Integer("Grid:Feedback:MaxComplaintsPerReporterPerHour", 10_000, 1, 1_000_000),
        reader.Parse<string?>("Grid:Feedback:AcknowledgeAs", null, "a tenant's id", (string text, out string? value) => TenantIdRule.IsValid(value = text)));
}

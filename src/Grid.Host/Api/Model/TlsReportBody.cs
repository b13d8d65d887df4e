using System.Text.Json;
using Grid.Core.Vocabulary;
using Grid.Host.Feedback.TlsReports;

namespace Grid.Host.Api.Model;

/// <summary>A report to a domain about the TLS of its mail hosts (RFC 8460).</summary>
/// <param name="From">First second that it is about.</param>
/// <param name="Until">Last second that it is about.</param>
/// <param name="Succeeded">Sessions that went as the domain's policies ask.</param>
/// <param name="Failed">Sessions that didn't.</param>
/// <param name="Report">The report as it is sent; only of one report.</param>
public sealed record TlsReportBody(
    string Id,
    string Domain,
    DateTimeOffset From,
    DateTimeOffset Until,
    DateTimeOffset MadeAt,
    long Succeeded,
    long Failed,
    IReadOnlyList<TlsReportDeliveryBody> Deliveries,
    JsonElement? Report)
{
    internal static TlsReportBody Of(TlsReport report) => new(
        report.Id, report.Domain, report.From, report.Until, report.MadeAt, report.Succeeded, report.Failed, [.. report.Deliveries.Select(TlsReportDeliveryBody.Of)], report.Body.Length == 0 ? null : Read(report));

    private static JsonElement Read(TlsReport report)
    {
        using var document = JsonDocument.Parse(TlsReportJson.Expand(report.Body));
        return document.RootElement.Clone();
    }
}

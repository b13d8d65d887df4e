using System.Globalization;
using Grid.Core.Vocabulary;
using Grid.Host.Enforcement;
using Grid.Host.Ingress;
using Grid.Mail.Mime;

namespace Grid.Host.Feedback.TlsReports;

/// <summary>A report as a mail (RFC 8460 5.3): words for people, and the file.</summary>
public static class TlsReportMail
{
    /// <summary>Media type of a report.</summary>
    public const string MediaType = "application/tlsrpt+gzip";

    /// <summary>Name of the file.</summary>
    /// <param name="submitter">The domain that reports.</param>
    public static string FileName(TlsReport report, string submitter) => string.Create(
        CultureInfo.InvariantCulture, $"{submitter}!{report.Domain}!{report.From.ToUnixTimeSeconds()}!{report.Until.ToUnixTimeSeconds()}!{report.Id}.json.gz");

    /// <summary>Writes the whole message.</summary>
    /// <param name="contact">Who answers questions.</param>
    /// <param name="reference">The token by which it is known when it comes back.</param>
    public static Composition Write(TlsReport report, string submitter, Mailbox from, EmailAddress to, EmailAddress contact, string messageId, string reference, DateTimeOffset now) => MessageComposer.Compose(new()
    {
        From = from,
        ReplyTo = [new("", contact)],
        To = [new("", to)],
        MessageId = messageId,
        Date = now,
        Subject = $"Report Domain: {report.Domain} Submitter: {submitter} Report-ID: <{report.Id}@{submitter}>",
        Headers =
        [
            new("TLS-Report-Domain", report.Domain),
            new("TLS-Report-Submitter", submitter),
            new(TlsRequired.Field, "No"),
            new(MessageDrafter.ReferenceHeader, reference),
            .. PlatformMail.Automatic(null),
        ],
        Text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
             This is an aggregate report about TLS (RFC 8460).

             Domain: {report.Domain}
             Submitter: {submitter}
             From: {Time(report.From)}
             Until: {Time(report.Until)}
             Sessions that succeeded: {report.Succeeded}
             Sessions that failed: {report.Failed}
             Contact: {contact}
             """),
        ReportType = "tlsrpt",
        Report = [new(MediaType, report.Body, FileName(report, submitter))],
    });

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}

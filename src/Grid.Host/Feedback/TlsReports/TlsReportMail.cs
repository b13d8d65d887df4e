using System.Globalization;
using System.Text;
using Grid.Core.Vocabulary;
using Grid.Host.Ingress;

namespace Grid.Host.Feedback.TlsReports;

/// <summary>A report as a mail (RFC 8460 5.3): words for people, and the file. Pure ASCII; no line is longer than 76 characters but those that can't be folded, which stay below 998.</summary>
public static class TlsReportMail
{
    /// <summary>Media type of a report.</summary>
    public const string MediaType = "application/tlsrpt+gzip";

    /// <summary>Name of the file.</summary>
    /// <param name="submitter">The domain that reports.</param>
    public static string FileName(TlsReport report, string submitter) => string.Create(
        CultureInfo.InvariantCulture, $"{submitter}!{report.Domain}!{report.From.ToUnixTimeSeconds()}!{report.Until.ToUnixTimeSeconds()}!{report.Id}.json.gz");

    /// <summary>Writes the whole message.</summary>
    /// <param name="reference">The token by which it is known when it comes back.</param>
    public static byte[] Write(TlsReport report, string submitter, string from, string to, string contact, string messageId, string reference, DateTimeOffset now)
    {
        var boundary = "report-" + report.Id;
        var file = FileName(report, submitter);
        var text = new StringBuilder();
        Line($"Date: {now.UtcDateTime.ToString("ddd, dd MMM yyyy HH':'mm':'ss", CultureInfo.InvariantCulture)} +0000");
        Line($"From: {from}");
        Line($"Reply-To: {contact}");
        Line($"To: {to}");
        Line($"Message-ID: <{messageId}>");
        Line($"Subject: Report Domain: {report.Domain}\r\n Submitter: {submitter}\r\n Report-ID: <{report.Id}@{submitter}>");
        Line($"TLS-Report-Domain: {report.Domain}");
        Line($"TLS-Report-Submitter: {submitter}");
        Line("TLS-Required: No");
        Line("Auto-Submitted: auto-generated");
        Line("X-Auto-Response-Suppress: All");
        Line($"{MessageDrafter.ReferenceHeader}: {reference}");
        Line("MIME-Version: 1.0");
        Line($"Content-Type: multipart/report; report-type=\"tlsrpt\";\r\n boundary=\"{boundary}\"");
        Line("");
        Line($"--{boundary}");
        Line("Content-Type: text/plain; charset=us-ascii");
        Line("");
        Line("This is an aggregate report about TLS (RFC 8460).");
        Line("");
        Line($"Domain: {report.Domain}");
        Line($"Submitter: {submitter}");
        Line($"From: {Time(report.From)}");
        Line($"Until: {Time(report.Until)}");
        Line(string.Create(CultureInfo.InvariantCulture, $"Sessions that succeeded: {report.Succeeded}"));
        Line(string.Create(CultureInfo.InvariantCulture, $"Sessions that failed: {report.Failed}"));
        Line($"Contact: {contact}");
        Line("");
        Line($"--{boundary}");
        Line($"Content-Type: {MediaType}");
        Line("Content-Transfer-Encoding: base64");
        Line($"Content-Disposition: attachment;\r\n filename=\"{file}\"");
        Line("");
        var data = Convert.ToBase64String(report.Body.Span);
        for (var i = 0; i < data.Length; i += 76)
        {
            Line(data.Substring(i, Math.Min(76, data.Length - i)));
        }

        Line($"--{boundary}--");
        return Encoding.ASCII.GetBytes(text.ToString());

        void Line(string line) => text.Append(line).Append("\r\n");
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;

namespace Grid.Host.Demo.Receivers;

/// <summary>Writes feedback reports (RFC 5965): words, the machine-readable part, and the header of the message complained of.</summary>
internal static class ArfReport
{
    /// <summary>Longest returned header, in bytes; the rest is cut off.</summary>
    private const int MaxHeader = 16 * 1024;

    private const string Boundary = "=_arf";

    /// <summary>The report as a message, lines ended by CRLF.</summary>
    public static byte[] Write(Complaint complaint, string reporter, DateTimeOffset at)
    {
        var date = at.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture) + " +0000";
        var text = new StringBuilder()
            .Line($"From: feedbackloop@{reporter}")
            .Line($"To: fbl@{DomainOf(complaint.ReturnPath)}")
            .Line($"Date: {date}")
            .Line("Subject: FW: a message that was reported as spam")
            .Line("MIME-Version: 1.0")
            .Line($"Content-Type: multipart/report; report-type=feedback-report; boundary=\"{Boundary}\"")
            .Line("")
            .Line($"--{Boundary}")
            .Line("Content-Type: text/plain; charset=us-ascii")
            .Line("")
            .Line($"This is an email abuse report for a message received from {complaint.SourceIp}.")
            .Line($"--{Boundary}")
            .Line("Content-Type: message/feedback-report")
            .Line("")
            .Line("Feedback-Type: abuse")
            .Line($"User-Agent: {reporter}-FBL/1.0")
            .Line("Version: 1")
            .Line($"Original-Mail-From: <{complaint.ReturnPath}>")
            .Line($"Original-Rcpt-To: <{complaint.Recipient}>")
            .Line($"Arrival-Date: {date}")
            .Line($"Source-IP: {complaint.SourceIp}")
            .Line("")
            .Line($"--{Boundary}")
            .Line("Content-Type: text/rfc822-headers")
            .Line("")
            .Append(HeaderOf(complaint.Message.Span))
            .Line("")
            .Line($"--{Boundary}--");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static StringBuilder Line(this StringBuilder text, string line) => text.Append(line).Append("\r\n");

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];

    private static string HeaderOf(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf("\r\n\r\n"u8);
        var header = end < 0 ? message : message[..(end + 2)];
        return Encoding.Latin1.GetString(header[..Math.Min(header.Length, MaxHeader)]);
    }
}

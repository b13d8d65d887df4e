using System.Text;

namespace Grid.System.Tests.Beds;

/// <summary>An abuse report (RFC 5965) that returns the whole message, as a feedback loop does.</summary>
internal static class Complaint
{
    public const string MediaType = "message/rfc822";

    public static byte[] About(Received received) =>
    [
        .. Encoding.UTF8.GetBytes($"""
            From: <fbl@receiver.example>
            To: <fbl@bounces.localhost>
            Subject: complaint
            Date: Sun, 22 Nov 2026 00:00:00 +0000
            Message-ID: <{Guid.NewGuid():N}@receiver.example>
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=feedback-report; boundary="=_part"

            --=_part
            Content-Type: text/plain

            This is an abuse report.
            --=_part
            Content-Type: message/feedback-report

            Feedback-Type: abuse
            User-Agent: Receiver/1
            Version: 1
            Original-Mail-From: <{received.Sender}>
            Original-Rcpt-To: <{received.Recipients[0]}>
            --=_part
            Content-Type: message/rfc822

            Return-Path: <{received.Sender}>

            """.ReplaceLineEndings("\r\n")),
        .. received.Data,
        .. "\r\n--=_part--\r\n"u8,
    ];
}

using System.Text;
using System.Text.RegularExpressions;

namespace Grid.System.Tests.Beds;

/// <summary>What comes back about a message that a receiver has: an envelope and a mail.</summary>
/// <param name="From">Empty for the null return path.</param>
internal sealed partial record Returns(string From, string To, byte[] Mail)
{
    /// <summary>A failure report (RFC 3464) to the return path.</summary>
    public static Returns Bounce(Received received) => new("", received.Sender, Bytes($"""
        From: <mailer-daemon@receiver.example>
        To: <{received.Sender}>
        Subject: Undelivered
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="=_part"

        --=_part
        Content-Type: message/delivery-status

        Reporting-MTA: dns; receiver.example

        Final-Recipient: rfc822; {received.Recipients[0]}
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 no such user

        --=_part--

        """));

    /// <summary>A mail to the address that List-Unsubscribe names, as a mail program sends it.</summary>
    public static Returns Unsubscription(Received received)
    {
        var link = MailTo().Match(received.HeaderOf("List-Unsubscribe"));
        Assert.True(link.Success, received.Header);
        return new(received.Recipients[0], link.Groups[1].Value, Bytes($"From: <{received.Recipients[0]}>\nSubject: {link.Groups[2].Value}\n\nunsubscribe\n"));
    }

    /// <summary>A letter to people.</summary>
    public static Returns Letter(string subject) => new("ann@letters.example", "abuse@bounces.localhost", Bytes($"From: Ann <ann@letters.example>\nSubject: {subject}\n\nPlease stop.\n"));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    [GeneratedRegex("<mailto:([^?>]+)\\?subject=([^>]+)>")]
    private static partial Regex MailTo();
}

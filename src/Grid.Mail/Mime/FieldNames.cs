using System.Text;

namespace Grid.Mail.Mime;

/// <summary>Names of common header fields, so that reading one allocates no string.</summary>
internal static class FieldNames
{
    private static readonly string[] Common =
    [
        "To", "Cc", "From", "Date", "Sender", "Subject", "Received", "Reply-To", "Message-ID", "Message-Id", "Return-Path", "In-Reply-To", "References",
        "MIME-Version", "Mime-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID", "DKIM-Signature",
        "List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "Feedback-ID", "X-Mailer", "Auto-Submitted", "Precedence",
        "Delivered-To", "Authentication-Results", "Received-SPF",
    ];

    private static readonly string[][] ByLength = [.. Enumerable.Range(0, 32).Select(static n => Common.Where(name => name.Length == n).ToArray())];

    public static string Intern(ReadOnlySpan<byte> name)
    {
        if (name.Length < ByLength.Length)
        {
            foreach (var known in ByLength[name.Length])
            {
                if (Ascii.Equals(name, known))
                {
                    return known;
                }
            }
        }

        return Encoding.ASCII.GetString(name);
    }
}

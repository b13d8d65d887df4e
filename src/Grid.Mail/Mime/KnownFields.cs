using System.Text;

namespace Grid.Mail.Mime;

/// <summary>Names and rules of the <see cref="KnownField"/>s.</summary>
internal static class KnownFields
{
    private static readonly string[] Names =
    [
        "", "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Return-Path",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "List-Unsubscribe", "List-Unsubscribe-Post", "Precedence", "Auto-Submitted",
        Mime.TlsRequired.Field,
    ];

    private static readonly KnownField[][] ByLength =
        [.. Enumerable.Range(0, 32).Select(static n => Enumerable.Range(1, (int)KnownField.Count - 1).Where(i => Names[i].Length == n).Select(static i => (KnownField)i).ToArray())];

    public static string Name(this KnownField field) => Names[(int)field];

    public static KnownField Find(ReadOnlySpan<byte> name)
    {
        if (name.Length < ByLength.Length)
        {
            foreach (var candidate in ByLength[name.Length])
            {
                if (Ascii.EqualsIgnoreCase(name, Names[(int)candidate]))
                {
                    return candidate;
                }
            }
        }

        return KnownField.Other;
    }

    /// <summary>At most one of it by RFC 5322 section 3.6 or RFC 2045.</summary>
    public static bool IsUnique(this KnownField field) => field is >= KnownField.From and <= KnownField.References and not KnownField.Bcc
        or KnownField.MimeVersion or KnownField.ContentType or KnownField.TransferEncoding;

    /// <summary>Two of it can be made one by joining their lists.</summary>
    public static bool CanJoin(this KnownField field) => field is KnownField.To or KnownField.Cc or KnownField.ReplyTo or KnownField.References or KnownField.InReplyTo;

    public static bool IsAddressList(this KnownField field) => field is >= KnownField.From and <= KnownField.Cc;
}

using System.Buffers;
using System.Text;

namespace Grid.Mail.Ingress;

/// <summary>A command line taken apart, without copying.</summary>
internal static class SmtpCommand
{
    /// <summary>Longest command line in bytes with its CRLF (RFC 5321, 4.5.3.1.4).</summary>
    public const int MaxBytes = 512;

    /// <summary>What the extensions add to MAIL and RCPT at most (RFC 1870: 26, 6152: 17, 6531: 10, 3461: 107 and 500, 4954: 500).</summary>
    public const int MaxParameterBytes = 660;

    /// <summary>Longest line of AUTH (RFC 4954, 4), and the longest line that is read at all.</summary>
    public const int MaxAuthBytes = 12_288;

    /// <summary>The verb, case-insensitively, and what follows its space.</summary>
    public static SmtpVerb Parse(ReadOnlyMemory<byte> line, out ReadOnlyMemory<byte> arguments)
    {
        var span = line.Span;
        int space = span.IndexOf((byte)' ');
        var word = space < 0 ? span : span[..space];
        arguments = space < 0 ? default : line[(space + 1)..];
        return Verb(word);
    }

    /// <summary>Longest line of this command in bytes with its CRLF.</summary>
    public static int Limit(SmtpVerb verb) => verb switch
    {
        SmtpVerb.Auth => MaxAuthBytes,
        SmtpVerb.Mail or SmtpVerb.Rcpt => MaxBytes + MaxParameterBytes,
        _ => MaxBytes,
    };

    /// <summary>Takes a prefix such as "FROM:" off, case-insensitively.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix)
    {
        if (text.Length < prefix.Length || !Ascii.EqualsIgnoreCase(text[..prefix.Length], prefix))
            return false;

        text = text[prefix.Length..];
        return true;
    }

    private static SmtpVerb Verb(ReadOnlySpan<byte> word)
    {
        Span<byte> upper = stackalloc byte[8];
        if (word.Length > upper.Length || Ascii.ToUpper(word, upper, out int length) != OperationStatus.Done)
            return SmtpVerb.Unknown;

        upper = upper[..length];
        return upper.SequenceEqual("MAIL"u8) ? SmtpVerb.Mail
            : upper.SequenceEqual("RCPT"u8) ? SmtpVerb.Rcpt
            : upper.SequenceEqual("DATA"u8) ? SmtpVerb.Data
            : upper.SequenceEqual("BDAT"u8) ? SmtpVerb.Bdat
            : upper.SequenceEqual("EHLO"u8) ? SmtpVerb.Ehlo
            : upper.SequenceEqual("HELO"u8) ? SmtpVerb.Helo
            : upper.SequenceEqual("RSET"u8) ? SmtpVerb.Rset
            : upper.SequenceEqual("NOOP"u8) ? SmtpVerb.Noop
            : upper.SequenceEqual("QUIT"u8) ? SmtpVerb.Quit
            : upper.SequenceEqual("VRFY"u8) ? SmtpVerb.Vrfy
            : upper.SequenceEqual("EXPN"u8) ? SmtpVerb.Expn
            : upper.SequenceEqual("HELP"u8) ? SmtpVerb.Help
            : upper.SequenceEqual("AUTH"u8) ? SmtpVerb.Auth
            : upper.SequenceEqual("STARTTLS"u8) ? SmtpVerb.StartTls
            : SmtpVerb.Unknown;
    }
}

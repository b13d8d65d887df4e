using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Unicode;

namespace Grid.Mail.Ingress;

/// <summary>
/// The path of MAIL and RCPT (RFC 5321, 4.1.2), strictly: angle brackets, a dot-string or quoted string, "@", a domain or an address literal.
/// Octets above 127 are UTF-8 (RFC 6531). Source routes are refused. Bounds: 254 bytes in all, 128 before the "@", labels of 63.
/// </summary>
internal static class SmtpPath
{
    /// <summary>Longest address in bytes.</summary>
    public const int MaxBytes = 254;

    /// <summary>Longest local part in bytes: twice RFC 5321's 64, for long return paths of others.</summary>
    public const int MaxLocalBytes = 128;

    private static readonly SearchValues<byte> Atext =
        SearchValues.Create([.. "!#$%&'*+-/0123456789=?ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~"u8, .. Enumerable.Range(128, 128).Select(b => (byte)b)]);

    /// <summary>Reads a path at the start of the text.</summary>
    /// <param name="text">From the opening bracket on.</param>
    /// <param name="mayBeEmpty">"&lt;&gt;" is allowed (MAIL).</param>
    /// <param name="mayBePostmaster">"&lt;Postmaster&gt;" without a domain is allowed (RCPT).</param>
    /// <param name="address">What stands between the brackets.</param>
    /// <param name="length">Bytes taken, with the brackets.</param>
    /// <returns>Null, or what is wrong, for the reply.</returns>
    public static string? Parse(ReadOnlySpan<byte> text, bool mayBeEmpty, bool mayBePostmaster, out string address, out int length)
    {
        address = "";
        length = 0;
        if (text.IsEmpty || text[0] != (byte)'<')
            return "the address must stand in angle brackets, right after the colon";

        text = text[1..];
        if (text.StartsWith(">"u8))
        {
            length = 2;
            return mayBeEmpty ? null : "the address is empty";
        }

        if (text.StartsWith("@"u8))
            return "source routes are not accepted";

        int local = LocalLength(text);
        if (local is 0 or > MaxLocalBytes)
            return "the part before the @ is not valid";

        int end = local;
        if (local < text.Length && text[local] == (byte)'@')
        {
            int domain = text[(local + 1)..].IndexOf((byte)'>');
            if (domain < 0 || !IsDomain(text.Slice(local + 1, domain)))
                return "the domain is not valid";

            end = local + 1 + domain;
        }
        else if (!mayBePostmaster || !Ascii.EqualsIgnoreCase(text[..local], "postmaster"u8))
        {
            return "the address has no domain";
        }

        if (end >= text.Length || text[end] != (byte)'>')
            return "the address must end with an angle bracket";

        if (end > MaxBytes || !Utf8.IsValid(text[..end]))
            return end > MaxBytes ? "the address is too long" : "the address is not UTF-8";

        address = Encoding.UTF8.GetString(text[..end]);
        length = end + 2;
        return null;
    }

    /// <summary>The address ends in a domain or address literal that mail could go to.</summary>
    public static bool IsDomain(ReadOnlySpan<byte> domain)
    {
        if (domain.StartsWith("["u8) && domain.EndsWith("]"u8))
            return IsLiteral(domain[1..^1]);

        if (domain.Length is 0 or > 253)
            return false;

        foreach (var range in domain.Split((byte)'.'))
        {
            var label = domain[range];
            if (label.Length is 0 or > 63 || label[0] == (byte)'-' || label[^1] == (byte)'-')
                return false;

            foreach (byte b in label)
                if (!char.IsAsciiLetterOrDigit((char)b) && b != (byte)'-' && b < 128)
                    return false;
        }

        return true;
    }

    private static int LocalLength(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("\""u8))
            return QuotedLength(text);

        int length = 0;
        while (true)
        {
            int atom = text[length..].IndexOfAnyExcept(Atext);
            atom = atom < 0 ? text.Length - length : atom;
            if (atom == 0)
                return 0;

            length += atom;
            if (length >= text.Length || text[length] != (byte)'.')
                return length;

            length++;
        }
    }

    private static int QuotedLength(ReadOnlySpan<byte> text)
    {
        for (int i = 1; i < text.Length && i <= MaxLocalBytes; i++)
        {
            if (text[i] == (byte)'"')
                return i + 1;

            i += text[i] == (byte)'\\' ? 1 : 0;
            if (i >= text.Length || text[i] < 32 || text[i] == 127)
                return 0;
        }

        return 0;
    }

    private static bool IsLiteral(ReadOnlySpan<byte> literal)
    {
        bool six = SmtpCommand.TryTake(ref literal, "IPv6:"u8);
        Span<char> text = stackalloc char[48];
        if (literal.Length > text.Length || literal.ContainsAnyExcept("0123456789abcdefABCDEF:."u8))
            return false;

        text = text[..Encoding.ASCII.GetChars(literal, text)];
        return IPAddress.TryParse(text, out var parsed)
            && (six ? parsed.AddressFamily == AddressFamily.InterNetworkV6 : parsed.AddressFamily == AddressFamily.InterNetwork && literal.Count((byte)'.') == 3);
    }
}

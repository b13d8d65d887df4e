using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Grid.System.Tests.Beds;

/// <summary>Bodies made comparable, an octet a character.</summary>
internal static partial class BodyText
{
    /// <summary>Longest line that SMTP must carry, in octets without its end (RFC 5321, 4.5.3.1.6).</summary>
    private const int LongestLine = 998;

    /// <summary>What follows the header.</summary>
    public static string OfMessage(byte[] message)
    {
        var at = message.AsSpan().IndexOf("\r\n\r\n"u8);
        return at < 0 ? "" : WithLineEnds(message[(at + 4)..]);
    }

    /// <summary>Every line end as CRLF; none at the very end, where a mailbox has one more.</summary>
    public static string WithLineEnds(byte[] body) => LineEnd().Replace(Encoding.Latin1.GetString(body), "\r\n").TrimEnd('\r', '\n');

    /// <summary>True where a relay has to re-encode.</summary>
    public static bool HasLongLines(byte[] body) => WithLineEnds(body).Split("\r\n").Any(line => line.Length > LongestLine);

    /// <summary>
    /// Quoted-printable undone, whoever did it, until nothing is left to undo: a body may have had sequences that look like it before.
    /// White space and the fields that name an encoding don't count.
    /// </summary>
    public static string Decoded(string body)
    {
        var text = EncodingField().Replace(body, "");
        for (var undone = Undo(text); undone.Length < text.Length; undone = Undo(text))
        {
            text = undone;
        }

        return White().Replace(text, "");
    }

    private static string Undo(string text) =>
        Octet().Replace(SoftEnd().Replace(text, ""), match => ((char)int.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex("\r\n|\r|\n")]
    private static partial Regex LineEnd();

    [GeneratedRegex("=[ \t]*\r\n")]
    private static partial Regex SoftEnd();

    [GeneratedRegex("=([0-9A-Fa-f]{2})")]
    private static partial Regex Octet();

    [GeneratedRegex("(?im)^content-transfer-encoding:.*$")]
    private static partial Regex EncodingField();

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();
}

using System.Text;
using Grid.Core.Vocabulary;

namespace Grid.Core.Outcomes;

/// <summary>A reply's words in one form, so that phrases are found however the receiver broke its lines.</summary>
internal static class ReplyText
{
    /// <summary>
    /// Lower case, one space before and after each word, addresses as "@", without the codes that a reply of several lines repeats ("550-5.1.1 The account 550-5.1.1
    /// does not exist"); at most <see cref="SmtpReply.MaxTextLength"/> characters are read. <paramref name="status"/> is the enhanced
    /// code that stands before the first word, empty where none does.
    /// </summary>
    public static string Normalise(int code, string text, out string status)
    {
        status = "";
        var rest = text.AsSpan(0, Math.Min(text.Length, SmtpReply.MaxTextLength));
        var words = new StringBuilder(rest.Length);
        while (rest.Length > 0)
        {
            var end = rest.IndexOfAny(" \t\r\n");
            var token = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (token.IsEmpty || IsRepeatedCode(token, code, ref status, words.Length == 0))
            {
                continue;
            }

            AppendWithoutAddress(words.Append(' '), token);
        }

        return words.Append(' ').ToString().ToLowerInvariant();
    }

    // An address may contain any phrase: nospam@example.com is no content fault.
    private static void AppendWithoutAddress(StringBuilder words, ReadOnlySpan<char> token)
    {
        if (!token.Contains('@'))
        {
            words.Append(token);
            return;
        }

        var open = token.IndexOf('<');
        var close = token.LastIndexOf('>');
        words.Append('@').Append(close > open && open >= 0 ? token[(close + 1)..] : []);
    }

    /// <summary>True for "c.s.d" with a class of 2, 4 or 5, and a subject and detail of one to three digits (RFC 3463).</summary>
    public static bool IsStatus(ReadOnlySpan<char> token)
    {
        if (token.Length is < 5 or > 9 || token[0] is not ('2' or '4' or '5') || token[1] != '.')
        {
            return false;
        }

        var rest = token[2..];
        var dot = rest.IndexOf('.');
        return dot is >= 1 and <= 3 && rest.Length - dot - 1 is >= 1 and <= 3 && AreDigits(rest[..dot]) && AreDigits(rest[(dot + 1)..]);
    }

    private static bool IsRepeatedCode(ReadOnlySpan<char> token, int code, ref string status, bool first)
    {
        var hasCode = token.Length >= 3 && AreDigits(token[..3]) && int.Parse(token[..3], System.Globalization.CultureInfo.InvariantCulture) is var number
            && (number == code || (token.Length > 3 && token[3] == '-' && number is >= 200 and < 600));
        if (hasCode && token.Length > 3 && token[3] is '-' or ',')
        {
            token = token[4..];
        }
        else if (hasCode && token.Length == 3)
        {
            return true;
        }

        if (!IsStatus(token))
        {
            return hasCode && token.IsEmpty;
        }

        if (first && status.Length == 0)
        {
            status = token.ToString();
        }

        return true;
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}

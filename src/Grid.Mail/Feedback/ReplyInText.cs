using System.Globalization;
using System.Text.RegularExpressions;

namespace Grid.Mail.Feedback;

/// <summary>Reply codes (RFC 5321) and enhanced status codes (RFC 3463) in free text.</summary>
/// <param name="Code">0 where none was found.</param>
/// <param name="Status">Empty where none was found.</param>
internal sealed record ReplyInText(int Code, string Status)
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline;

    private static readonly Regex Pair = new(@"(?:^|[^0-9.])([245]\d\d)[- :#(\[,;'""]+(?:[245]\d\d[- :#(\[]+)*([245]\.[0-9]\.\d{1,3})(?:[^0-9.]|\.\D|\.?$)", Options);

    private static readonly Regex Alone = new(@"(?:^|[^0-9.\-/v])([245]\.[0-7]\.\d{1,3})(?:[^0-9.]|\.\D|\.?$)", Options);

    // A number is a reply code only where one is to be expected: three digits occur in text for many reasons.
    private static readonly Regex CodeOnly = new(
        @"(?:^[ \t>*|]*|[:;<(""'>#=\]][ \t]*|\b(?:code|error|errno|status|reply|response|said|smtp|smtp;|returned|answered|server|with|was|host)[ \t:#=]{1,3})([245]\d\d)(?:[-\s:;,.)'""><]|$)",
        Options);

    public static ReplyInText None { get; } = new(0, "");

    public bool IsEmpty => Code == 0 && Status.Length == 0;

    /// <summary>Has an enhanced code that says more than its class.</summary>
    public bool IsSpecific => Status.Length > 0 && !IsGeneric(Status);

    /// <summary><c>4.0.0</c>, <c>5.0.0</c> and the like say nothing but the class.</summary>
    public static bool IsGeneric(string status) => status.EndsWith(".0.0", StringComparison.Ordinal);

    /// <summary>
    /// The reply that a text reports: the first code with a specific enhanced code beside it; else the best of what there is.
    /// With <paramref name="last"/> the last such pair: in a text of the form "gave up: (last reply)" it is the receiver's own.
    /// </summary>
    public static ReplyInText Find(string text, bool last = false)
    {
        var best = None;
        foreach (Match match in Pair.Matches(text))
        {
            var found = new ReplyInText(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), Trimmed(match.Groups[2].Value));
            if (best.Code == 0 || found.IsSpecific && (last || !best.IsSpecific))
            {
                best = found;
            }
        }

        if (best.IsSpecific)
        {
            return best;
        }

        var status = FindStatus(text);
        var code = best.Code != 0 ? best.Code : FindCode(text);
        return new(code, status.Length > 0 ? status : best.Status);
    }

    private static string FindStatus(string text)
    {
        var found = "";
        foreach (Match match in Alone.Matches(text))
        {
            var status = Trimmed(match.Groups[1].Value);
            if (!IsGeneric(status))
            {
                return status;
            }

            found = status;
        }

        return found;
    }

    private static int FindCode(string text)
    {
        var found = 0;
        foreach (Match match in CodeOnly.Matches(text))
        {
            var group = match.Groups[1];
            var end = group.Index + 3;
            var isAddress = end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]);
            var code = int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

            if (code >= 400 && !isAddress)
            {
                return code;
            }

            // A 2xx is a step of a transcript that went well, or some number; a reply only where the text begins with it.
            found = text.AsSpan(0, group.Index).Trim().Length == 0 && !isAddress ? code : found;
        }

        return found;
    }

    private static string Trimmed(string status) => status.TrimEnd('.');
}

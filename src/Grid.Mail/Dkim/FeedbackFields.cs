using System.Text;
using Grid.Mail.Mime;

namespace Grid.Mail.Dkim;

/// <summary>Header fields by which receivers tell us of complaints about bulk mail. They count only where a signature covers them.</summary>
public static class FeedbackFields
{
    private const int MaxWord = 64;

    /// <summary>Feedback-ID as Gmail reads it: campaign, tenant, stream, and last the sender, the same for all mail of this grid.</summary>
    /// <param name="sender">5 to 15 characters.</param>
    public static string FeedbackId(string? campaign, string tenant, string stream, string sender) => $"{Word(campaign ?? "")}:{Word(tenant)}:{stream}:{sender}";

    /// <summary>The fields, finished, of those given that the message doesn't have already.</summary>
    /// <param name="fields">Names and values; values are plain ASCII of one line.</param>
    public static byte[] Missing(ReadOnlySpan<byte> message, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        var has = new bool[fields.Count];
        var headerEnd = HeaderLines.EndOf(message);
        for (var start = 0; start < headerEnd;)
        {
            var end = HeaderLines.FieldEnd(message, start);
            for (var i = 0; i < has.Length; i++)
            {
                has[i] |= HeaderLines.IsNamed(message[start..end], fields[i].Key);
            }

            start = end;
        }

        return Encoding.ASCII.GetBytes(string.Concat(fields.Where((_, i) => !has[i]).Select(field => $"{field.Key}: {field.Value}\r\n")));
    }

    /// <summary>Letters, digits, dots, hyphens and underscores; anything else is a hyphen. At most 64 characters.</summary>
    private static string Word(string text) =>
        string.Concat(text.Take(MaxWord).Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-'));
}

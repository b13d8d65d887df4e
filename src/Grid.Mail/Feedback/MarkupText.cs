using System.Net;
using System.Text;

namespace Grid.Mail.Feedback;

/// <summary>The text of an HTML part, for reading codes and addresses in it; nothing is shown of it.</summary>
public static class MarkupText
{
    /// <summary>Drops tags, styles and scripts; block tags become line ends. Linear in the length.</summary>
    public static string Strip(string html)
    {
        var text = new StringBuilder(html.Length);
        var position = 0;
        while (position < html.Length)
        {
            var open = html.IndexOf('<', position);
            if (open < 0)
            {
                break;
            }

            text.Append(html, position, open - position);
            var close = html.IndexOf('>', open);
            if (close < 0)
            {
                position = html.Length;
                break;
            }

            var tag = TagName(html.AsSpan(open + 1, close - open - 1));
            position = close + 1;
            if (Is(tag, "style") || Is(tag, "script"))
            {
                var end = html.IndexOf("</" + tag.ToString(), position, StringComparison.OrdinalIgnoreCase);
                position = end < 0 ? html.Length : end;
            }
            else if (Is(tag, "br") || Is(tag, "p") || Is(tag, "div") || Is(tag, "tr") || Is(tag, "li") || Is(tag, "td") || Is(tag, "pre"))
            {
                text.Append('\n');
            }
        }

        text.Append(html, position, html.Length - position);
        return WebUtility.HtmlDecode(text.ToString()).Replace('\u00A0', ' ');
    }

    private static ReadOnlySpan<char> TagName(ReadOnlySpan<char> tag)
    {
        tag = tag.TrimStart('/');
        var end = tag.IndexOfAny(" \t\r\n/");
        return end < 0 ? tag : tag[..end];
    }

    private static bool Is(ReadOnlySpan<char> tag, string name) => tag.Equals(name, StringComparison.OrdinalIgnoreCase);
}

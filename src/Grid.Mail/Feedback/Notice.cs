using System.Text;
using System.Text.RegularExpressions;
using Grid.Mail.Mime;

namespace Grid.Mail.Feedback;

/// <summary>A report taken apart: what it says to people, and the copy of the message that it is about.</summary>
internal sealed class Notice
{
    /// <summary>Characters of text that are looked at.</summary>
    public const int MaxLength = 32 * 1024;

    // A copy of the message is announced by a line of its own, ruled off or ending in a colon or full stop.
    private static readonly Regex CopyAnnouncement = new(
        @"^[ \t]*[-=_*#~+>. \t]*(?:(?:this is|here is|below (?:this line )?is|below this line|enclosed is|attached is|following is|start of|begin(?:ning)? of|the)?[ \t]*(?:the |a |your )?(?:copy of the (?:original |your |entire )?(?:message|mail|e-mail)|copy of your message|header(?:s)? of the original|original (?:message|mail)|(?:unsent|undelivered|returned|bounced|rejected) (?:message|mail|text)|returned message|message (?:text |header |headers )?follows|message headers?|header information|included is)[^\n]{0,60}|(?:.{0,30}[-=_]{3,}.{0,60}(?:original|copy|message).{0,60}[-=_]{2,}[ \t]*))$",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline);

    private ReplyInText? anyReply;

    private Notice(string whole, string text, IReadOnlyList<HeaderField> returned)
    {
        Whole = whole;
        Text = text;
        Returned = returned;
    }

    /// <summary>All of the text, with a copy that stands in it.</summary>
    public string Whole { get; }

    /// <summary>Line ends are LF; without the copy.</summary>
    public string Text { get; }

    /// <summary>The reply in the text, whomever it is about.</summary>
    public ReplyInText AnyReply => anyReply ??= ReplyInText.Find(Text);

    /// <summary>The header of the copy; empty where there is none.</summary>
    public IReadOnlyList<HeaderField> Returned { get; }

    public static Notice Of(MimeEntity message)
    {
        var text = new StringBuilder();
        IReadOnlyList<HeaderField> returned = [];
        foreach (var part in TopLevel(message))
        {
            if (part.ContentType.IsMessage && part.Parts.Count > 0)
            {
                returned = returned.Count > 0 ? returned : part.Parts[0].Headers;
            }
            else if (part.ContentType.Value is "text/rfc822-headers" or "message/rfc822-headers" or "message/global-headers")
            {
                returned = returned.Count > 0 ? returned : MessageReader.ReadHeaders(part.DecodedBody());
            }
            else if (IsText(part) && text.Length < MaxLength && returned.Count == 0)
            {
                text.Append(PlainText(part)).Append("\n\n");
            }
        }

        return Split(text.ToString(0, Math.Min(text.Length, MaxLength)), returned);
    }

    /// <summary>The leaves of the report itself, not those of a message inside it. A part in HTML counts only where no plain text says the same.</summary>
    private static IEnumerable<MimeEntity> TopLevel(MimeEntity entity)
    {
        if (!entity.ContentType.IsMultipart || entity.Parts.Count == 0)
        {
            yield return entity;
            yield break;
        }

        var isAlternative = entity.ContentType.Value == "multipart/alternative";
        foreach (var part in entity.Parts)
        {
            if (isAlternative && part.ContentType.Value == "text/html" && entity.Parts.Any(static p => p.ContentType.Value == "text/plain"))
            {
                continue;
            }

            foreach (var leaf in TopLevel(part))
            {
                yield return leaf;
            }
        }
    }

    private static bool IsText(MimeEntity part) =>
        part.ContentType.Value is "text/plain" or "text/html" or "message/delivery-status" or "" or "text" || part.ContentType.IsMultipart;

    private static string PlainText(MimeEntity part)
    {
        if (part.ContentType.Value == "message/delivery-status")
        {
            return "";
        }

        var text = part.Text();
        text = text.Length > MaxLength * 4 ? text[..(MaxLength * 4)] : text;
        text = part.ContentType.Value == "text/html" ? MarkupText.Strip(text) : text;
        return text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
    }

    private static Notice Split(string text, IReadOnlyList<HeaderField> returned)
    {
        var cut = text.Length;
        var copy = text.Length;
        foreach (Match match in CopyAnnouncement.Matches(text))
        {
            // Of a copy something follows that looks like a header.
            copy = match.Index + match.Length;
            if (HeaderBlock.Find(text, copy, within: 400) is { } announced)
            {
                cut = match.Index;
                copy = announced.Start;
                break;
            }
        }

        if (HeaderBlock.Find(text, 0, within: int.MaxValue, needsTrace: true) is { } block && block.Start < cut)
        {
            cut = copy = block.Start;
        }

        if (cut == text.Length)
        {
            return new(text, text, returned);
        }

        if (returned.Count == 0)
        {
            returned = MessageReader.ReadHeaders(Encoding.UTF8.GetBytes(HeaderBlock.Unindent(text[copy..])));
        }

        return new(text, text[..cut], returned);
    }
}

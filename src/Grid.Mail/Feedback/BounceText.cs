using System.Text;
using Grid.Core.Outcomes;

namespace Grid.Mail.Feedback;

/// <summary>Finds a recipient's reply in the human-readable part of a bounce.</summary>
internal static class BounceText
{
    // Mentions of one recipient that are looked at: a hostile notice repeats one address without end.
    private const int MaxMentions = 5;

    // Characters of a paragraph that are looked at.
    private const int MaxParagraph = 2000;

    /// <summary>The status that a bare reply code stands for.</summary>
    public static string ClassStatus(int code) => code switch { < 400 => "2.0.0", < 500 => "4.0.0", _ => "5.0.0" };

    /// <summary>The reply given for a recipient: in the lines after its mention, in lines that mention it, else anywhere.</summary>
    public static ReplyInText ReplyFor(Notice notice, string recipient)
    {
        var words = WordsFor(notice.Text, recipient);
        var reply = words is null ? ReplyInText.None : ReplyInText.Find(words);
        return reply.IsEmpty ? notice.AnyReply : reply;
    }

    /// <summary>The command that the reply about a recipient answered: named in the words about it, else in the whole notice where it speaks of nobody else.</summary>
    public static AnsweredCommand CommandFor(Notice notice, string recipient, string words, bool isOnly)
    {
        var command = CommandInText.Find(words);
        return command != AnsweredCommand.Unknown ? command
            : WordsFor(notice.Text, recipient) is { } about && CommandInText.Find(about) is var named and not AnsweredCommand.Unknown ? named
            : isOnly ? CommandInText.Find(notice.Text) : AnsweredCommand.Unknown;
    }

    /// <summary>The paragraph from a mention of the recipient on: the first that holds a reply, else the first; null where nothing mentions it.</summary>
    public static string? WordsFor(string notice, string recipient)
    {
        if (recipient.Length == 0)
        {
            return null;
        }

        string? any = null;
        var mentions = 0;
        for (var at = 0; mentions < MaxMentions && (at = notice.IndexOf(recipient, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += recipient.Length)
        {
            if (!IsWhole(notice, at, recipient.Length))
            {
                continue;
            }

            mentions++;
            var start = Math.Max(notice.LastIndexOf('\n', at) + 1, at - MaxParagraph);
            var end = notice.IndexOf("\n\n", at, StringComparison.Ordinal);
            var words = UntilNextRecipient(notice[start..Math.Min(end < 0 ? notice.Length : end, at + MaxParagraph)]);
            if (!ReplyInText.Find(words).IsEmpty)
            {
                return words;
            }

            any ??= words;
        }

        return any;
    }

    /// <summary>An address, not the end or the beginning of a longer one.</summary>
    private static bool IsWhole(string text, int at, int length)
    {
        var after = at + length;
        return (at == 0 || !IsOfAddress(text[at - 1]))
            && (after == text.Length || !(IsOfAddress(text[after]) && text[after] is not '.') && !(text[after] == '.' && after + 1 < text.Length && char.IsAsciiLetterOrDigit(text[after + 1])));
    }

    private static bool IsOfAddress(char c) => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or '+' or '@';

    /// <summary>A list of recipients has one after the other, each at the beginning of a line and with a colon behind it.</summary>
    private static string UntilNextRecipient(string words)
    {
        for (var line = words.IndexOf('\n'); line >= 0; line = words.IndexOf('\n', line + 1))
        {
            var next = words.AsSpan(line + 1).TrimStart(" \t");
            var colon = next.IndexOf(':');
            var name = colon < 0 ? default : next[..colon];
            if (name.Contains('@') && !name.ContainsAny(" \t\n"))
            {
                return words[..line];
            }
        }

        return words;
    }

    /// <summary>Blanks and line ends made one blank, cut to <see cref="RecipientReport.MaxDiagnosticLength"/>.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, RecipientReport.MaxDiagnosticLength));
        foreach (var c in text)
        {
            if (line.Length == RecipientReport.MaxDiagnosticLength)
            {
                break;
            }

            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
            {
                line.Append(c);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }
}

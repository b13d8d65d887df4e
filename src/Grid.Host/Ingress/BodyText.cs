using System.Text;
using Grid.Mail.Feedback;
using Grid.Mail.Mime;

namespace Grid.Host.Ingress;

/// <summary>What a message says to its reader: its text parts together, attached ones left out. At most 1 MiB of characters is looked at.</summary>
internal sealed class BodyText
{
    private const int MaxCharacters = 1024 * 1024;

    private readonly string _letters;

    private BodyText(string plain, string markup)
    {
        (Plain, Markup) = (plain, markup);
        _letters = Letters(plain);
    }

    /// <summary>As it is read, tags left out.</summary>
    public string Plain { get; }

    /// <summary>The HTML parts as they are written.</summary>
    public string Markup { get; }

    public static BodyText Of(MimeEntity message)
    {
        var (plain, markup) = (new StringBuilder(), new StringBuilder());
        foreach (var part in message.Descendants())
        {
            if (part.Parts.Count > 0 || part.Header("Content-Disposition")?.Value.StartsWith("attachment", StringComparison.OrdinalIgnoreCase) == true || plain.Length + markup.Length > MaxCharacters)
            {
                continue;
            }

            if (part.ContentType.Value == "text/html")
            {
                var html = Cut(part.Text());
                markup.Append(html).Append('\n');
                plain.Append(MarkupText.Strip(html)).Append('\n');
            }
            else if (part.ContentType.Value == "text/plain")
            {
                plain.Append(Cut(part.Text())).Append('\n');
            }
        }

        return new(plain.ToString(), markup.ToString());
    }

    /// <summary>Whether the body says it, whatever its blanks, punctuation, line breaks and capitals.</summary>
    public bool Says(string? words) => words is not null && Letters(words) is { Length: >= 2 } letters && _letters.Contains(letters, StringComparison.Ordinal);

    private static string Letters(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                letters.Append(char.ToLowerInvariant(c));
            }
        }

        return letters.ToString();
    }

    private static string Cut(string text) => text.Length <= MaxCharacters ? text : text[..MaxCharacters];
}

namespace Grid.Host.Ingress;

/// <summary>Ways out that a body offers: a link whose address, words or line speak of unsubscribing, in the languages that are known here.</summary>
internal static class WaysOut
{
    /// <summary>Anchors that are looked at; the characters of a tag, a target and the words within, at most: nothing that is longer is a way out.</summary>
    private const int MaxAnchors = 10_000, MaxTag = 4096, MaxTarget = 2000, MaxWords = 500;

    private static readonly string[] Words =
    [
        "unsubscribe", "opt-out", "optout", "opt out", "abmeld", "abbestell", "austragen", "désabonn", "desabonn", "désinscri", "desinscri", "darse de baja",
        "darme de baja", "cancelar suscri", "cancelar la suscri", "cancelar inscri", "disiscri", "annulla iscri", "cancella iscri", "uitschrijv", "afmeld", "avmeld",
        "avsluta prenum", "avregistr", "frameld", "peruuta tilaus", "wypisz", "anuluj subskr", "odhlás", "odhlas", "leiratkoz", "dezabon", "отписа", "відписа", "atsisaky",
    ];

    /// <summary>Whether there is a link over HTTP.</summary>
    /// <param name="ownPrefix">Beginning of the grid's own links.</param>
    public static bool HasWebLink(BodyText body, string ownPrefix) => Has(body, "http", ownPrefix);

    /// <summary>Whether there is one by mail.</summary>
    public static bool HasMailLink(BodyText body) => Has(body, "mailto:", null);

    private static bool Has(BodyText body, string scheme, string? ownPrefix)
    {
        foreach (var (target, words) in Anchors(body.Markup).Take(MaxAnchors))
        {
            if (target.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && (IsOwn(target, ownPrefix) || Speaks(target) || Speaks(words)))
            {
                return true;
            }
        }

        // In plain text the words stand beside the link, or on the line before.
        var before = "";
        foreach (var line in body.Plain.Split('\n'))
        {
            var at = line.IndexOf(scheme == "http" ? "://" : scheme, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && (Speaks(line) || Speaks(before) || (ownPrefix is not null && line.Contains(ownPrefix, StringComparison.OrdinalIgnoreCase))))
            {
                return true;
            }

            before = string.IsNullOrWhiteSpace(line) ? before : line;
        }

        return false;
    }

    private static bool IsOwn(string target, string? ownPrefix) => ownPrefix is not null && target.StartsWith(ownPrefix, StringComparison.OrdinalIgnoreCase);

    private static bool Speaks(string text) => Words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where anchors lead, with the words within. In one pass, whatever the markup: a pattern for it goes to and fro for as long as a sender likes.</summary>
    private static IEnumerable<(string Target, string Words)> Anchors(string markup)
    {
        var end = -1;
        for (var at = markup.IndexOf("<a", StringComparison.OrdinalIgnoreCase); at >= 0; at = markup.IndexOf("<a", at + 2, StringComparison.OrdinalIgnoreCase))
        {
            end = end < at ? markup.IndexOf('>', at) : end;
            if (end < 0)
            {
                yield break;
            }

            if (end - at > MaxTag || !char.IsWhiteSpace(markup[at + 2]) || Target(markup.AsSpan(at + 2, end - at - 2)) is not { } target)
            {
                continue;
            }

            var close = markup.IndexOf("</a", end + 1, Math.Min(MaxWords + 3, markup.Length - end - 1), StringComparison.OrdinalIgnoreCase);
            if (close >= 0)
            {
                yield return (target, markup[(end + 1)..close]);
            }
        }
    }

    /// <summary>What a tag's href says; null where it has none.</summary>
    private static string? Target(ReadOnlySpan<char> tag)
    {
        for (var at = tag.IndexOf("href", StringComparison.OrdinalIgnoreCase); at >= 0; at = tag.IndexOf("href", StringComparison.OrdinalIgnoreCase))
        {
            tag = tag[(at + 4)..].TrimStart();
            if (tag is ['=', ..])
            {
                tag = tag[1..].TrimStart();
                tag = tag is ['"' or '\'', ..] ? tag[1..] : tag;
                var length = tag.IndexOfAny(" \t\r\n\f\"'");
                var target = length < 0 ? tag : tag[..length];
                if (target.Length is > 0 and <= MaxTarget)
                {
                    return target.ToString();
                }
            }
        }

        return null;
    }
}

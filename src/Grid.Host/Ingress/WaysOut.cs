using System.Text.RegularExpressions;

namespace Grid.Host.Ingress;

/// <summary>Ways out that a body offers: a link whose address, words or line speak of unsubscribing, in the languages that are known here.</summary>
internal static partial class WaysOut
{
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
        foreach (Match anchor in Anchor().Matches(body.Markup))
        {
            var target = anchor.Groups[1].Value;
            if (target.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && (IsOwn(target, ownPrefix) || Speaks(target) || Speaks(anchor.Groups[2].Value)))
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

    [GeneratedRegex("""<a\s[^>]{0,2000}?href\s{0,5}=\s{0,5}["']?([^"'\s>]{1,2000})[^>]{0,2000}>(.{0,500}?)</a""", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Anchor();
}

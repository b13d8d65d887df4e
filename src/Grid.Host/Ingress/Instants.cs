using System.Globalization;

namespace Grid.Host.Ingress;

/// <summary>RFC 3339 times.</summary>
internal static class Instants
{
    public const string Rule = "must be a time such as 2026-01-31T08:00:00Z";

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>With an offset or Z; a fraction of the second has at most seven digits.</summary>
    public static bool TryParse(string? text, out DateTimeOffset at)
    {
        at = default;
        return text is { Length: >= 20 and <= 40 }
            && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParseExact(text.ToUpperInvariant(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out at);
    }
}

using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Grid.Host.Public;

/// <summary>The language that a reader wants most of those that there are (RFC 9110, 12.5.4).</summary>
internal static class LanguageChoice
{
    /// <summary>Entries of Accept-Language that are looked at.</summary>
    private const int MaxEntries = 20;

    /// <summary>The first of <paramref name="known"/> where none fits or the header can't be read.</summary>
    public static UnsubscribeWords Of(StringValues acceptLanguage, IReadOnlyList<UnsubscribeWords> known)
    {
        if (!StringWithQualityHeaderValue.TryParseList([.. acceptLanguage.OfType<string>()], out var entries))
        {
            return known[0];
        }

        return entries.Take(MaxEntries)
            .Where(entry => entry.Quality is not 0)
            .OrderByDescending(entry => entry.Quality ?? 1)
            .Select(entry => known.FirstOrDefault(words => Matches(entry.Value, words.Language)))
            .FirstOrDefault(words => words is not null) ?? known[0];
    }

    /// <summary><c>de-AT</c> is served with <c>de</c>.</summary>
    private static bool Matches(StringSegment wanted, string language) =>
        wanted.StartsWith(language, StringComparison.OrdinalIgnoreCase) && (wanted.Length == language.Length || wanted[language.Length] == '-');
}

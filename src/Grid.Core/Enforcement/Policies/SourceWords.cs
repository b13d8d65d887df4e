namespace Grid.Core.Enforcement.Policies;

/// <summary>The words for where addresses come from, whatever way they are spelt.</summary>
public static class SourceWords
{
    /// <summary>Longest that is looked at.</summary>
    private const int MaxLength = 500;

    private static readonly Dictionary<string, string> Spellings = new(StringComparer.Ordinal)
    {
        ["bought"] = "purchased",
        ["purchase"] = "purchased",
        ["purchased-list"] = "purchased",
        ["bought-list"] = "purchased",
        ["rent"] = "rented",
        ["rental"] = "rented",
        ["rented-list"] = "rented",
        ["scraped-list"] = "scraped",
        ["scraped-web"] = "scraped",
        ["scraping"] = "scraped",
        ["web-scraping"] = "scraped",
        ["harvest"] = "harvested",
        ["harvested-list"] = "harvested",
        ["harvesting"] = "harvested",
        ["directories"] = "directory",
        ["social-media"] = "social",
        ["third-party-list"] = "third-party",
        ["thirdparty"] = "third-party",
        ["partner"] = "third-party",
        ["co-registration"] = "third-party",
        ["coregistration"] = "third-party",
        ["append"] = "appended",
        ["appending"] = "appended",
        ["email-appending"] = "appended",
        ["public"] = "public-list",
        ["publicly-available"] = "public-list",
    };

    /// <summary>Lower case, with hyphens for blanks and underscores, and one word for spellings of the same.</summary>
    public static string? Of(string? declared)
    {
        if (string.IsNullOrWhiteSpace(declared) || declared.Length > MaxLength)
        {
            return declared;
        }

        var word = declared.Trim().ToLowerInvariant().Replace(' ', '-').Replace('_', '-');
        return Spellings.GetValueOrDefault(word, word);
    }
}

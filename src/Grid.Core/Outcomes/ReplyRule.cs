using Grid.Core.Vocabulary;

namespace Grid.Core.Outcomes;

/// <summary>One rule of the classifier: phrases that receivers use, and what they mean.</summary>
/// <param name="Name">Stable name, shown with the classification.</param>
/// <param name="Hard">Hard where the reply is also permanent.</param>
/// <param name="Phrases">Any one of them in the reply's normal form (see <see cref="ReplyText"/>) matches; a space in front means the start of a word.</param>
internal sealed record ReplyRule(string Name, ReplyReason Reason, ReplyAbout About, bool Hard, string[] Phrases)
{
    /// <summary>Only with this enhanced code, class apart, such as "4.1" for x.4.1; "7." for every x.7.n; null: with any.</summary>
    public string? Detail { get; init; }

    /// <summary>Only with any one of these phrases too; null: without.</summary>
    public string[]? With { get; init; }

    /// <summary>Only where the reply answers this command; null: any, or not known.</summary>
    public AnsweredCommand? Command { get; init; }

    /// <summary>A permanent reply ends the address though it isn't hard.</summary>
    public bool Ends { get; init; }

    /// <summary>Only from a host whose name ends so; null: from any.</summary>
    public string? Host { get; init; }

    public bool Matches(string normal, string detail, string? host, AnsweredCommand command)
    {
        if (Command is not null && Command != command)
        {
            return false;
        }

        if (Detail is not null && !(Detail[^1] == '.' ? detail.StartsWith(Detail, StringComparison.Ordinal) : detail == Detail))
        {
            return false;
        }

        if (Host is not null && host?.EndsWith(Host, StringComparison.OrdinalIgnoreCase) is not true)
        {
            return false;
        }

        return HasAny(normal, Phrases) && (With is null || HasAny(normal, With));
    }

    private static bool HasAny(string normal, string[] phrases)
    {
        foreach (var phrase in phrases)
        {
            if (normal.Contains(phrase, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}

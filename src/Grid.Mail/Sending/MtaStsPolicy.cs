using System.Globalization;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>A domain's policy for those who send to it (RFC 8461 3.2).</summary>
/// <param name="Patterns">Host names, or "*.example.com" for one label in place of the star; lower case.</param>
/// <param name="MaxAge">How long it may be kept.</param>
public sealed record MtaStsPolicy(MtaStsMode Mode, IReadOnlyList<string> Patterns, TimeSpan MaxAge)
{
    /// <summary>The text, line by line.</summary>
    public IReadOnlyList<string> Lines { get; private init; } = [];

    private const int MostPatterns = 100;
    private const int LongestAgeSeconds = 31_557_600;

    /// <summary>Reads the text of a policy; false where it breaks the RFC's grammar. Unknown keys are passed over, the first of a key counts.</summary>
    public static bool TryParse(string text, out MtaStsPolicy policy)
    {
        policy = new(MtaStsMode.None, [], TimeSpan.Zero);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var patterns = new List<string>();
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                return false;
            }

            var (key, value) = (line[..colon].Trim(), line[(colon + 1)..].Trim());
            if (key == "mx")
            {
                patterns.Add(value.ToLowerInvariant().TrimEnd('.'));
            }
            else
            {
                fields.TryAdd(key, value);
            }
        }

        MtaStsMode? mode = fields.GetValueOrDefault("mode") switch
        {
            "none" => MtaStsMode.None,
            "testing" => MtaStsMode.Testing,
            "enforce" => MtaStsMode.Enforce,
            _ => null,
        };
        if (fields.GetValueOrDefault("version") != "STSv1" || mode is null || patterns.Count > MostPatterns || (mode != MtaStsMode.None && patterns.Count == 0)
            || !int.TryParse(fields.GetValueOrDefault("max_age"), NumberStyles.None, CultureInfo.InvariantCulture, out var age) || age > LongestAgeSeconds)
        {
            return false;
        }

        policy = new(mode.Value, patterns, TimeSpan.FromSeconds(age)) { Lines = lines };
        return true;
    }

    /// <summary>Whether mail may go to that host (RFC 8461 4.1).</summary>
    public bool Allows(string host) => StsFacts.Allows(Patterns, host);
}

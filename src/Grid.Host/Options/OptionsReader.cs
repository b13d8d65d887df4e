using System.Globalization;
using System.Text.RegularExpressions;

namespace Grid.Host.Options;

/// <summary>
/// Reads options under <c>Grid:</c> and gathers every fault on the way, so that whoever starts the grid mends them all at once.
/// What is read is thereby known: keys that nobody read are faults too, each with the nearest right name.
/// </summary>
public sealed partial class OptionsReader(IConfiguration configuration)
{
    /// <summary>Name of the section that all options are in.</summary>
    public const string Root = "Grid";

    private readonly List<string> _faults = [];
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the text form of a value; false when it has none.</summary>
    public delegate bool Parser<T>(string text, out T value);

    /// <summary>What is wrong so far, one line each: the option's full name, the rule, the value.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The value, trimmed; null when the option is absent or empty.</summary>
    public string? Text(string key)
    {
        _known.Add(Shape(key));
        var value = configuration[key]?.Trim();
        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>A value with a text form. <paramref name="rule"/> ends the sentence "must be …".</summary>
    public T Parse<T>(string key, T fallback, string rule, Parser<T> parser)
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (parser(text, out var value))
        {
            return value;
        }

        Refuse(key, rule, text);
        return fallback;
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Integer(string key, int fallback, int least, int most) => Parse(key, fallback,
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
        (string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= least && value <= most);

    /// <summary>The entries <c>key:0</c>, <c>key:1</c> …, in order. <paramref name="fields"/> are the names below an entry (empty: the entry itself is the value).</summary>
    public IReadOnlyList<T> Entries<T>(string key, IReadOnlyList<string> fields, Func<string, T?> read)
        where T : class
    {
        _known.UnionWith(fields.Count == 0 ? [$"{key}:N"] : fields.Select(field => $"{key}:N:{field}"));
        var entries = new List<T>();
        foreach (var child in configuration.GetSection(key).GetChildren().Where(child => Digits().IsMatch(child.Key)))
        {
            if (read($"{key}:{child.Key}") is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>Notes that an option breaks its rule.</summary>
    /// <param name="value">What was given; null keeps it to ourselves, as it may be a secret.</param>
    public void Refuse(string key, string rule, string? value) =>
        _faults.Add(value is null ? $"{key}: must be {rule}" : $"{key}: must be {rule}, was '{Shorten(value)}'");

    /// <summary>Notes a required option that is absent.</summary>
    public void Miss(string key, string rule) => _faults.Add($"{key}: is missing; it must be {rule}");

    /// <summary>Notes every option that was given and that nobody read. Called once, at the end.</summary>
    public void RefuseUnknown()
    {
        foreach (var (key, value) in configuration.GetSection(Root).AsEnumerable().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (value is not null && !_known.Contains(Shape(key)))
            {
                var nearest = _known.MinBy(known => Distance(Shape(key).ToUpperInvariant(), known.ToUpperInvariant()));
                _faults.Add($"{Shorten(key)}: there is no such option; the nearest is {nearest}");
            }
        }
    }

    private static string Shape(string key) => Index().Replace(key, ":N");

    private static string Shorten(string text) => text.Length <= 100 ? text : text[..100] + "…";

    /// <summary>Levenshtein's distance; keys longer than 200 characters are compared by their first 200.</summary>
    private static int Distance(string left, string right)
    {
        left = left.Length > 200 ? left[..200] : left;
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }

    [GeneratedRegex("^[0-9]{1,6}$")]
    private static partial Regex Digits();

    [GeneratedRegex(":[0-9]{1,6}(?=:|$)")]
    private static partial Regex Index();
}

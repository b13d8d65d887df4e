using System.Globalization;
using Grid.Core.Vocabulary;
using Grid.Host.Options;
using YamlDotNet.RepresentationModel;

namespace Grid.Host.Admission;

/// <summary>The fields of a YAML mapping, read one by one; what is wrong goes to the faults, with its line.</summary>
internal sealed class YamlFields
{
    private const int MostTexts = 1_000;

    private readonly Dictionary<string, YamlNode> _fields = new(StringComparer.Ordinal);
    private readonly YamlMappingNode _node;
    private readonly string _of;
    private readonly List<string> _faults;

    public YamlFields(YamlMappingNode node, string of, List<string> faults, IReadOnlyList<string> known)
    {
        (_node, _of, _faults) = (node, of, faults);
        foreach (var (key, value) in node.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!known.Contains(name))
            {
                faults.Add($"line {key.Start.Line}: {Path(name)}: there is no such key; there are {string.Join(", ", known)}");
            }
            else if (value is not YamlScalarNode { Value: null or "", Style: YamlDotNet.Core.ScalarStyle.Plain })
            {
                _fields[name] = value;
            }
        }
    }

    public static bool IsDomain(string text) => OptionTexts.TryDomain(text, out var domain) && domain == text;

    /// <summary>1 when the field is there, else 0.</summary>
    public int Has(string key) => _fields.ContainsKey(key) ? 1 : 0;

    public void Refuse(string key, string rule) =>
        _faults.Add($"line {(_fields.GetValueOrDefault(key) ?? _node).Start.Line}: {Path(key)}: must be {rule}");

    /// <summary>A name: lower case letters, digits, dots and hyphens, 1 to 40.</summary>
    public string Name(string key)
    {
        var text = Text(key) ?? "";
        if (text.Length is 0 or > 40 || !text.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.'))
        {
            Refuse(key, "1 to 40 lower case letters, digits, dots and hyphens");
            return "";
        }

        return text;
    }

    public string Choice(string key, string fallback, IReadOnlyList<string> choices)
    {
        var text = Text(key) ?? fallback;
        if (!choices.Contains(text))
        {
            Refuse(key, $"one of {string.Join(", ", choices)}");
        }

        return text;
    }

    public int? Count(string key, int most)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 && count <= most)
        {
            return count;
        }

        Refuse(key, string.Create(CultureInfo.InvariantCulture, $"a whole number from 1 to {most}"));
        return null;
    }

    public Rate? Rate(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (Core.Vocabulary.Rate.TryParse(text, out var rate, out var fault))
        {
            return rate;
        }

        Refuse(key, "a rate: " + fault);
        return null;
    }

    /// <summary>A time such as 30s, 10min, 2h or 7d.</summary>
    public TimeSpan? Duration(string key, TimeSpan least, TimeSpan most, bool required = false)
    {
        if (Text(key) is not { } text)
        {
            if (required)
            {
                Refuse(key, "given, as a time such as 10min or 2h");
            }

            return null;
        }

        if (TryDuration(text, out var time) && time >= least && time <= most)
        {
            return time;
        }

        Refuse(key, $"a time such as 10min or 2h, from {Api.DurationText.Of(least)} to {Api.DurationText.Of(most)}");
        return null;
    }

    /// <summary>"3 in 1h": 3 and an hour; once without the field.</summary>
    public (int Count, TimeSpan Within) When(string key)
    {
        if (Text(key) is not { } text)
        {
            return (1, TimeSpan.FromHours(1));
        }

        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 3 && words[1] == "in" && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 1000
            && TryDuration(words[2], out var within) && within >= TimeSpan.FromMinutes(1) && within <= TimeSpan.FromDays(1))
        {
            return (count, within);
        }

        Refuse(key, "a count in a time, such as \"3 in 1h\": 1 to 1000, 1min to 24h");
        return (1, TimeSpan.FromHours(1));
    }

    public IReadOnlyList<string> Texts(string key, string rule, Func<string, bool> isRight, bool trim = true)
    {
        if (!_fields.TryGetValue(key, out var node))
        {
            return [];
        }

        var texts = (node as YamlSequenceNode)?.Children.Select(c => (c as YamlScalarNode)?.Value).ToList();
        if (texts is null || texts.Count > MostTexts || !texts.TrueForAll(t => t is not null && isRight(trim ? t.Trim() : t)))
        {
            Refuse(key, "a list of " + rule);
            return [];
        }

        return [.. texts.Select(t => trim ? t!.Trim() : t!)];
    }

    public YamlMappingNode? Map(string key)
    {
        if (_fields.TryGetValue(key, out var node) && node is not YamlMappingNode)
        {
            Refuse(key, "a mapping of keys");
        }

        return node as YamlMappingNode;
    }

    public IReadOnlyList<YamlMappingNode> Maps(string key, int most)
    {
        if (!_fields.TryGetValue(key, out var node))
        {
            return [];
        }

        var maps = (node as YamlSequenceNode)?.Children.OfType<YamlMappingNode>().ToList();
        if (maps is null || maps.Count != ((YamlSequenceNode)node).Children.Count || maps.Count > most)
        {
            Refuse(key, $"a list of at most {most} mappings");
            return [];
        }

        return maps;
    }

    private static bool TryDuration(string text, out TimeSpan time)
    {
        time = default;
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        TimeSpan? unit = text[digits..] switch
        {
            "s" => TimeSpan.FromSeconds(1),
            "min" or "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            _ => null,
        };
        if (unit is null || digits is 0 or > 6)
        {
            return false;
        }

        time = unit.Value * int.Parse(text[..digits], CultureInfo.InvariantCulture);
        return true;
    }

    private string? Text(string key)
    {
        if (!_fields.TryGetValue(key, out var node))
        {
            return null;
        }

        if (node is YamlScalarNode { Value: { } value })
        {
            return value.Trim();
        }

        Refuse(key, "one value");
        return null;
    }

    private string Path(string key) => _of.Length == 0 ? key : $"{_of}.{key}";
}

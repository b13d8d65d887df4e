using Grid.Core.Enforcement.Policies;

namespace Grid.Host.Policies;

/// <summary>Reads a map's known keys; what is unknown, doubled, missing or of the wrong kind is a mistake with its place.</summary>
internal sealed class MapReader
{
    private readonly Dictionary<string, PolicyNode> _values = new(StringComparer.Ordinal);
    private readonly Mistakes _mistakes;
    private readonly PolicyNode _node;
    private readonly string _path;

    public MapReader(PolicyNode node, string path, Mistakes mistakes, params IReadOnlyList<string> known)
    {
        (_node, _path, _mistakes) = (node, path, mistakes);
        mistakes.Place(path, node);
        if (node is not PolicyNode.Map map)
        {
            mistakes.Add(node, path, $"must be a map with {string.Join(", ", known.Take(6))}{(known.Count > 6 ? ", …" : "")}");
            return;
        }

        foreach (var (key, value) in map.Entries)
        {
            if (!known.Contains(key.Value))
            {
                mistakes.Add(key, path, $"there is no key \"{Shorten(key.Value)}\" here{NearestName.Hint(key.Value, known)}");
            }
            else if (!_values.TryAdd(key.Value, value))
            {
                mistakes.Add(key, path, $"\"{key.Value}\" is given twice");
            }
            else
            {
                mistakes.Place(PathOf(key.Value), value);
            }
        }
    }

    public PolicyNode Node => _node;

    public string Path => _path;

    public string PathOf(string key) => _path.Length == 0 ? key : $"{_path}/{key}";

    public bool Has(string key) => _values.ContainsKey(key);

    public PolicyNode? Find(string key) => _values.GetValueOrDefault(key);

    /// <summary>The value of a key that must be there.</summary>
    public PolicyNode? Require(string key)
    {
        if (_values.GetValueOrDefault(key) is { } value)
        {
            return value;
        }

        if (_node is PolicyNode.Map)
        {
            _mistakes.Add(_node, _path, $"\"{key}\" is missing");
        }

        return null;
    }

    /// <summary>A text that may be absent.</summary>
    public string? Text(string key, int maxLength = PolicyBounds.MaxWords) => _values.TryGetValue(key, out var value) ? TextOf(value, PathOf(key), maxLength) : null;

    /// <summary>A text that must be there.</summary>
    public string? RequireText(string key, int maxLength = PolicyBounds.MaxWords) => Require(key) is { } value ? TextOf(value, PathOf(key), maxLength) : null;

    /// <summary>The items of a list that may be absent.</summary>
    public IReadOnlyList<PolicyNode> Items(string key, int max)
    {
        switch (_values.GetValueOrDefault(key))
        {
            case null:
                return [];
            case PolicyNode.List list when list.Items.Count <= max:
                return list.Items;
            case PolicyNode.List list:
                _mistakes.Add(list, PathOf(key), $"must be at most {max}");
                return [];
            case { } other:
                _mistakes.Add(other, PathOf(key), "must be a list");
                return [];
        }
    }

    /// <summary>A scalar's text; null after a mistake.</summary>
    public string? TextOf(PolicyNode node, string path, int maxLength = PolicyBounds.MaxWords)
    {
        if (node is not PolicyNode.Scalar { Value.Length: > 0 } scalar)
        {
            _mistakes.Add(node, path, "must be a text");
            return null;
        }

        if (scalar.Value.Length > maxLength)
        {
            _mistakes.Add(node, path, $"must be at most {maxLength} characters");
            return null;
        }

        if (scalar.Value.Any(c => char.IsControl(c) && c != '\n'))
        {
            _mistakes.Add(node, path, "must have no control characters");
            return null;
        }

        return scalar.Value.Trim();
    }

    /// <summary>A value of one of the forms in <see cref="PolicyUnits"/>; null after a mistake.</summary>
    public T? Unit<T>(string key, UnitForm<T> form)
        where T : struct => Require(key) is { } value ? UnitOf(value, PathOf(key), form) : null;

    public T? UnitOf<T>(PolicyNode node, string path, UnitForm<T> form)
        where T : struct
    {
        if (node is PolicyNode.Scalar scalar && form(scalar.Value, out var value, out var fault))
        {
            return value;
        }

        form("", out _, out fault);
        _mistakes.Add(node, path, fault);
        return null;
    }

    public void Add(PolicyNode at, string path, string message) => _mistakes.Add(at, path, message);

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}

namespace Orleans.Runtime;

/// <summary>Values that go along with a chain of calls, from caller to called and on; never back.</summary>
public static class RequestContext
{
    // The dictionary is never changed once it is set, as callers and called share it.
    private static readonly AsyncLocal<Dictionary<string, object>?> Flowing = new();

    /// <summary>The names of the values.</summary>
    public static IEnumerable<string> Keys => Flowing.Value?.Keys ?? Enumerable.Empty<string>();

    /// <summary>Names and values.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => Flowing.Value ?? Enumerable.Empty<KeyValuePair<string, object>>();

    internal static Dictionary<string, object>? Values
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <summary>The value of this name, or null.</summary>
    public static object? Get(string key) => Flowing.Value is { } values && values.TryGetValue(key, out var value) ? value : null;

    /// <summary>Sets a value for the calls made from here on.</summary>
    public static void Set(string key, object value)
    {
        var values = Flowing.Value is { } present ? new Dictionary<string, object>(present) : new Dictionary<string, object>(1);
        values[key] = value;
        Flowing.Value = values;
    }

    /// <summary>Takes a value away; false where there is none.</summary>
    public static bool Remove(string key)
    {
        if (Flowing.Value is not { } present || !present.ContainsKey(key))
        {
            return false;
        }

        var values = new Dictionary<string, object>(present);
        values.Remove(key);
        Flowing.Value = values.Count > 0 ? values : null;
        return true;
    }

    /// <summary>Takes all values away.</summary>
    public static void Clear() => Flowing.Value = null;
}

using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Grid.Host.Ingress.Templates;

/// <summary>A recipient's data as a template sees it: texts, numbers, booleans, lists and objects, and nothing else of the runtime. Going through lists costs steps.</summary>
internal static class TemplateValue
{
    /// <summary>JSON as such a value.</summary>
    public static object? Of(JsonElement json, TemplateSteps steps) => json.ValueKind switch
    {
        JsonValueKind.Object => new Fields(json.EnumerateObject().DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => Of(p.Value, steps), StringComparer.Ordinal), steps),
        JsonValueKind.Array => new Items([.. json.EnumerateArray().Select(item => Of(item, steps))], steps),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetRawText(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    // Only what can be enumerated: a list that knew its places would be gone through without a step.
    private sealed class Items(List<object?> items, TemplateSteps steps) : IEnumerable<object?>
    {
        public IEnumerator<object?> GetEnumerator()
        {
            foreach (var item in items)
            {
                steps.Take();
                yield return item;
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Fields(Dictionary<string, object?> fields, TemplateSteps steps) : IReadOnlyDictionary<string, object?>
    {
        public int Count => fields.Count;

        public IEnumerable<string> Keys => fields.Keys;

        public IEnumerable<object?> Values => fields.Values;

        public object? this[string key] => fields[key];

        public bool ContainsKey(string key) => fields.ContainsKey(key);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => fields.TryGetValue(key, out value);

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            foreach (var field in fields)
            {
                steps.Take();
                yield return field;
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

using Grid.Core.Enforcement.Policies;

namespace Grid.Host.Policies;

/// <summary>Gathers mistakes with their places, and knows where each part of the text stands.</summary>
internal sealed class Mistakes
{
    private readonly List<PolicyMistake> _all = [];
    private readonly Dictionary<string, PolicyNode> _places = new(StringComparer.Ordinal);

    public bool Any => _all.Count > 0;

    /// <summary>In the order of the text, at most 100.</summary>
    public IReadOnlyList<PolicyMistake> InOrder => [.. _all.Distinct().OrderBy(m => m.Line).ThenBy(m => m.Column).Take(PolicyBounds.MaxFaults)];

    /// <summary>Remembers where a part stands.</summary>
    public void Place(string path, PolicyNode node) => _places.TryAdd(path, node);

    public void Add(PolicyNode at, string path, string message) => _all.Add(new(at.Line, at.Column, path, message));

    /// <summary>A mistake of a part, placed where that part, or the nearest that it is in, stands.</summary>
    public void Add(PolicyFault fault)
    {
        for (var path = fault.Path; ; path = path[..Math.Max(0, path.LastIndexOf('/'))])
        {
            if (_places.TryGetValue(path, out var node))
            {
                Add(node, fault.Path, fault.Message);
                return;
            }

            if (path.Length == 0)
            {
                _all.Add(new(0, 0, fault.Path, fault.Message));
                return;
            }
        }
    }
}

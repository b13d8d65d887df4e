using System.Diagnostics.CodeAnalysis;

namespace Grid.Core.Queue;

/// <summary>
/// What: fair turns between keys (tenants, domains): a round robin.
/// In: keys that come and go. Out: whose turn it is.
/// Guarantees: between two turns of a key every other key that stays gets exactly one; a newcomer waits for one round at most.
/// Everything is O(1), and a turn allocates nothing. Fails: an empty ring has no turn. Not thread-safe.
/// </summary>
public sealed class TurnRing<T>
    where T : notnull
{
    private readonly LinkedList<T> _keys = new();
    private readonly Dictionary<T, LinkedListNode<T>> _nodes;
    private LinkedListNode<T>? _next;

    /// <param name="comparer">Equality of keys; the type's own by default.</param>
    public TurnRing(IEqualityComparer<T>? comparer = null) => _nodes = new(comparer);

    /// <summary>Keys in the ring.</summary>
    public int Count => _nodes.Count;

    /// <summary>Whether the key takes turns.</summary>
    public bool Contains(T key) => _nodes.ContainsKey(key);

    /// <summary>Lets a key take turns, after all that are here. False when it did already.</summary>
    public bool Add(T key)
    {
        if (_nodes.ContainsKey(key))
        {
            return false;
        }

        _nodes[key] = _next is null ? _keys.AddLast(key) : _keys.AddBefore(_next, key);
        _next ??= _keys.First;
        return true;
    }

    /// <summary>Takes a key out. False when it wasn't there.</summary>
    public bool Remove(T key)
    {
        if (!_nodes.Remove(key, out var node))
        {
            return false;
        }

        if (node == _next)
        {
            _next = _keys.Count == 1 ? null : After(node);
        }

        _keys.Remove(node);
        return true;
    }

    /// <summary>The key whose turn it is; it goes to the end. False when the ring is empty.</summary>
    public bool TryNext([MaybeNullWhen(false)] out T key)
    {
        if (_next is null)
        {
            key = default;
            return false;
        }

        key = _next.Value;
        _next = After(_next);
        return true;
    }

    private LinkedListNode<T> After(LinkedListNode<T> node) => node.Next ?? _keys.First!;
}

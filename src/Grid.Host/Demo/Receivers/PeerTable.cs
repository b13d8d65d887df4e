using System.Net;

namespace Grid.Host.Demo.Receivers;

/// <summary>What a receiver remembers of each sending address: of at most 64; all further ones share one entry. Safe for many sessions at once.</summary>
internal sealed class PeerTable<T>(Func<T> make)
    where T : class
{
    private const int MaxPeers = 64;

    private readonly Dictionary<IPAddress, T> _entries = [];
    private readonly Lock _gate = new();

    /// <summary>Has a look at an address' entry, alone.</summary>
    public TResult With<TResult>(IPAddress peer, Func<T, TResult> look)
    {
        lock (_gate)
        {
            var key = _entries.ContainsKey(peer) || _entries.Count < MaxPeers ? peer : IPAddress.None;
            if (!_entries.TryGetValue(key, out var entry))
            {
                _entries[key] = entry = make();
            }

            return look(entry);
        }
    }
}

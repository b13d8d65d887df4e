using System.Collections.Concurrent;
using Grid.Grains.Queue;

namespace Grid.Grains.Sending;

/// <summary>Connections of this process to each site, all sending IPs together, kept within the share that the site's grain gives.</summary>
public sealed class SiteConnections
{
    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>Connections open now.</summary>
    public int Total => _open.Values.Sum();

    /// <summary>Takes a place; false when the site's limit is reached.</summary>
    public bool TryTake(ReadyQueue queue)
    {
        var limit = queue.SitePermits.MaxConnections;
        if (_open.AddOrUpdate(queue.Route.Site, 1, static (_, open) => open + 1) <= limit || limit == 0)
        {
            return true;
        }

        Release(queue);
        return false;
    }

    public void Release(ReadyQueue queue) => _open.AddOrUpdate(queue.Route.Site, 0, static (_, open) => open - 1);
}

using System.Collections.Concurrent;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Admission;

namespace Grid.Grains.Queue;

/// <summary>The ready queues of this process, one for each pool and site.</summary>
public sealed class ReadyQueues(IRouter router, PermitBook book, TimeProvider clock, Pauses pauses)
{
    private readonly ConcurrentDictionary<(string Pool, string Site), ReadyQueue> _queues = new();

    /// <summary>Called with each queue that is new.</summary>
    public event Action<ReadyQueue>? Opened;

    public IEnumerable<ReadyQueue> All => _queues.Values;

    /// <summary>The queue for a pool and recipient domain; null when no route to the domain is known.</summary>
    public ValueTask<ReadyQueue?> FindAsync(string pool, string domain, CancellationToken cancellationToken = default)
    {
        var route = router.FindAsync(domain, cancellationToken);
        return route.IsCompletedSuccessfully ? new(Of(pool, route.Result)) : Await(route, pool);

        async ValueTask<ReadyQueue?> Await(ValueTask<SiteRoute?> found, string p) => Of(p, await found);
    }

    /// <summary>The queue that sends from an IP of the pool to a site, where there is one.</summary>
    public ReadyQueue? Find(string pool, string site) => _queues.GetValueOrDefault((pool, site));

    private ReadyQueue? Of(string pool, SiteRoute? route)
    {
        if (route is null)
        {
            return null;
        }

        if (_queues.TryGetValue((pool, route.Site), out var queue))
        {
            return queue;
        }

        var made = new ReadyQueue(pool, route, book, clock, pauses.IsPaused);
        queue = _queues.GetOrAdd((pool, route.Site), made);
        if (ReferenceEquals(queue, made))
        {
            Opened?.Invoke(queue);
        }

        return queue;
    }
}

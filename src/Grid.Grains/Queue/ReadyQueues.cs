using System.Collections.Concurrent;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Admission;

namespace Grid.Grains.Queue;

/// <summary>The ready queues of this process, one for each pool and set of receiving hosts. An empty one that nobody has used for ten minutes goes.</summary>
public sealed class ReadyQueues(IRouter router, PermitBook book, TimeProvider clock, Pauses pauses)
{
    private static readonly TimeSpan RetireAfter = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Pool, string Destination), ReadyQueue> _queues = new();

    /// <summary>Called with each queue that is new.</summary>
    public event Action<ReadyQueue>? Opened;

    /// <summary>Called with each queue that is gone.</summary>
    public event Action<ReadyQueue>? Retired;

    public IEnumerable<ReadyQueue> All => _queues.Values;

    /// <summary>The queue for a pool and recipient domain, or what the domain's mail is settled with.</summary>
    public ValueTask<QueueAnswer> FindAsync(string pool, string domain, bool anyTls = false, CancellationToken cancellationToken = default)
    {
        var route = anyTls ? router.FindAnyTlsAsync(domain, cancellationToken) : router.FindAsync(domain, cancellationToken);
        return route.IsCompletedSuccessfully ? new(Of(pool, route.Result)) : Await(route, pool);

        async ValueTask<QueueAnswer> Await(ValueTask<RouteAnswer> found, string p) => Of(p, await found);
    }

    /// <summary>The queue that sends from an IP of the pool to a set of hosts, where there is one.</summary>
    public ReadyQueue? Find(string pool, string destination) => _queues.GetValueOrDefault((pool, destination));

    /// <summary>Lets go of what isn't used any more.</summary>
    public void Retire()
    {
        foreach (var (key, queue) in _queues)
        {
            if (queue.TryRetire(RetireAfter))
            {
                _queues.TryRemove(new(key, queue));
                Retired?.Invoke(queue);
            }
        }
    }

    private QueueAnswer Of(string pool, RouteAnswer answer)
    {
        if (answer.Route is not { } route)
        {
            return new(null, answer.Failure ?? new(451, "4.4.4", "no route is known"));
        }

        if (_queues.TryGetValue((pool, route.Destination), out var queue))
        {
            return new(queue);
        }

        var made = new ReadyQueue(pool, route, book, clock, pauses.IsPaused);
        queue = _queues.GetOrAdd((pool, route.Destination), made);
        if (ReferenceEquals(queue, made))
        {
            Opened?.Invoke(queue);
        }
        else
        {
            book.Leave(made.SitePermits);
        }

        return new(queue);
    }
}

using System.Collections.Concurrent;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Host.Webhooks;

/// <summary>
/// Tells who waits for a tenant's outcomes that there are new ones, so that nobody has to ask the store. In: committed records, on the
/// writer's thread. Out: the newest position of each watched tenant. Costs a look-up a record, and nothing while nobody watches.
/// Made before the first write.
/// </summary>
public sealed class OutcomeBell
{
    private readonly ConcurrentDictionary<string, OutcomeWatch> _watched = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly IOutcomeLog _log;
    private long _seen;

    public OutcomeBell(IOutcomeLog log)
    {
        _log = log;
        _seen = log.LastPosition;
        log.OnCommitted(Ring);
    }

    /// <summary>Every record up to here has been told to its tenant's watch. Read it before <see cref="OutcomeWatch.Latest"/>.</summary>
    public long Seen => Volatile.Read(ref _seen);

    /// <summary>Watches a tenant; dispose of what is returned.</summary>
    public OutcomeWatch Watch(string tenant)
    {
        lock (_gate)
        {
            var watch = _watched.GetOrAdd(tenant, static (name, bell) => new(name, bell), this);
            watch.Users++;

            // Read after it is listed: what was committed before is in this position, what comes after rings.
            watch.Ring(_log.LastPosition);
            return watch;
        }
    }

    /// <summary>One watcher fewer.</summary>
    internal void Release(OutcomeWatch watch)
    {
        lock (_gate)
        {
            if (--watch.Users == 0)
            {
                _watched.TryRemove(watch.Tenant, out _);
            }
        }
    }

    private void Ring(IReadOnlyList<OutcomeRecord> records)
    {
        if (!_watched.IsEmpty)
        {
            var before = _seen;
            foreach (var record in records)
            {
                if (_watched.TryGetValue(record.Tenant, out var watch))
                {
                    watch.Ring(record.Position, before);
                }
            }
        }

        Volatile.Write(ref _seen, records[^1].Position);
    }
}

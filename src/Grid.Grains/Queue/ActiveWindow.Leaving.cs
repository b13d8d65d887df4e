using Grid.Core.Vocabulary;

namespace Grid.Grains.Queue;

/// <content>
/// Mail that leaves the memory untried: cancelled, or back to the store. What is in no ready queue for a moment, as it is being written or
/// its way is being looked up, still can be claimed: whoever does so has it, and who had it leaves it alone from then on.
/// </content>
public sealed partial class ActiveWindow
{
    /// <summary>Withdrawn, and on the way to the store.</summary>
    private readonly HashSet<EnvelopeKey> _leaving = [];

    /// <summary>Takes matching mail out of the ready queues, for whoever cancels it or sends it back to the store. What is inside a transaction stays.</summary>
    public List<QueueItem> Withdraw(Func<string, string, bool> which, Func<QueueItem, bool>? item = null) => [.. queues.All.SelectMany(q => q.Withdraw(which, item))];

    /// <summary>Takes envelopes that are neither in a ready queue nor inside a transaction, so that nobody sends them; the caller settles them.</summary>
    public List<QueueItem> Claim(IEnumerable<Envelope> envelopes)
    {
        var claimed = new List<QueueItem>();
        lock (_gate)
        {
            foreach (var envelope in envelopes)
            {
                if (!_active.TryGetValue(envelope.Key, out var item))
                {
                    var group = _waiting.GroupOf(envelope);
                    (group.InMemory, group.Loaded) = (group.InMemory + 1, group.Loaded + 1);
                    _inMemory++;
                    claimed.Add(_active[envelope.Key] = new(envelope, null, InStore: true));
                }
                else if (_leaving.Remove(envelope.Key) || _routing.TryTake(envelope.Key))
                {
                    claimed.Add(item);
                }
            }
        }

        return claimed;
    }

    /// <summary>Withdrawn mail waits in the store again.</summary>
    public async ValueTask ParkAsync(IReadOnlyList<QueueItem> items, CancellationToken cancellationToken)
    {
        var parked = await LeaveAsync(items, () => spool.ParkAsync([.. items.Where(i => !i.InStore).Select(i => i.Envelope.Key)], cancellationToken));
        Wait(parked.Select(i => (i.Envelope, i.Envelope.DueAt)));
    }

    /// <summary>Gives withdrawn mail to the store and forgets it; returns what nobody claimed meanwhile. Where the store is away it is back in its queues.</summary>
    private async ValueTask<List<QueueItem>> LeaveAsync(IReadOnlyList<QueueItem> items, Func<ValueTask> write)
    {
        lock (_gate)
        {
            _leaving.UnionWith(items.Select(item => item.Envelope.Key));
        }

        try
        {
            await write();
        }
        catch
        {
            _routing.Enqueue(Left());
            throw;
        }

        var left = Left();
        lock (_gate)
        {
            left.ForEach(Drop);
        }

        return left;

        List<QueueItem> Left()
        {
            lock (_gate)
            {
                return [.. items.Where(item => _leaving.Remove(item.Envelope.Key))];
            }
        }
    }
}

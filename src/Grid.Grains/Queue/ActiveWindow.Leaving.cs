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

    /// <summary>Held while mail moves from its queues to what is leaving, and by who claims. Before any other lock.</summary>
    private readonly Lock _moving = new();

    /// <summary>Takes matching mail out of the ready queues, for whoever cancels it or sends it back to the store. What is inside a transaction stays.</summary>
    public List<QueueItem> Withdraw(Func<string, string, bool> which, Func<QueueItem, bool>? item = null) => [.. queues.All.SelectMany(q => q.Withdraw(which, item))];

    /// <summary>Takes envelopes that are neither in a ready queue nor inside a transaction, so that nobody sends them; the caller settles them.</summary>
    public List<QueueItem> Claim(IEnumerable<Envelope> envelopes)
    {
        var claimed = new List<QueueItem>();
        lock (_moving)
        {
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
        }

        return claimed;
    }

    /// <summary>Matching mail of the ready queues waits in the store again.</summary>
    public async ValueTask ParkAsync(Func<string, string, bool> which, CancellationToken cancellationToken)
    {
        var items = Take(() => Withdraw(which));
        if (items.Count > 0)
        {
            var parked = await LeaveAsync(items, () => spool.ParkAsync([.. items.Where(i => !i.InStore).Select(i => i.Envelope.Key)], cancellationToken));
            Wait(parked.Select(i => (i.Envelope, i.Envelope.DueAt)));
        }
    }

    /// <summary>Withdraws what is to leave: nobody who claims finds it in neither place.</summary>
    private List<QueueItem> Take(Func<List<QueueItem>> withdraw)
    {
        lock (_moving)
        {
            var items = withdraw();
            lock (_gate)
            {
                _leaving.UnionWith(items.Select(item => item.Envelope.Key));
            }

            return items;
        }
    }

    /// <summary>Gives what was taken to the store and forgets it; returns what nobody claimed meanwhile. Where the store is away it is back in its queues.</summary>
    private async ValueTask<List<QueueItem>> LeaveAsync(IReadOnlyList<QueueItem> items, Func<ValueTask> write)
    {
        try
        {
            await write();
        }
        catch
        {
            _routing.Enqueue(Left(items));
            throw;
        }

        lock (_gate)
        {
            var left = Left(items);
            left.ForEach(Drop);
            return left;
        }
    }

    /// <summary>What of it nobody claimed; it is on the way no more.</summary>
    private List<QueueItem> Left(IReadOnlyList<QueueItem> items)
    {
        lock (_gate)
        {
            return [.. items.Where(item => _leaving.Remove(item.Envelope.Key))];
        }
    }
}

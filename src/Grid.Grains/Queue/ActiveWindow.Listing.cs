using Grid.Core.Vocabulary;

namespace Grid.Grains.Queue;

/// <content>
/// What waits in the store is looked through at the start, when something in it may have changed, and when the list has run dry while there is more than it holds. Pages
/// are read and forgotten: memory is that of the list, however many tenants and domains there are.
/// </content>
public sealed partial class ActiveWindow
{
    private const int ListPage = 5_000;

    /// <summary>So much longer than it takes, the store is not looked through again only because there is more than the list holds.</summary>
    private const int ListShare = 4;

    /// <summary>When what is held and didn't find room in the list is looked at again.</summary>
    private static readonly TimeSpan HeldAgain = TimeSpan.FromSeconds(30);

    private DateTimeOffset _listsFrom;

    /// <summary>Tenants' domains that are known in memory.</summary>
    internal int KnownGroups
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Makes the list anew where what it doesn't hold has fallen due, all that it holds has been loaded, and there is room for more.</summary>
    private async ValueTask ListUnlistedAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        bool isDue;
        lock (_gate)
        {
            isDue = _waiting.UnlistedDue <= now && _listsFrom <= now && _inMemory + Chunk <= options.ActiveEnvelopes;
        }

        if (isDue)
        {
            await ListAgainAsync(cancellationToken);
            Stir();
        }
    }

    private async ValueTask ListAgainAsync(CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        Volatile.Write(ref _stale, false);
        lock (_gate)
        {
            _waiting.Clear();
        }

        // The last to fall due is the first to give way, and what is held before all else.
        var chosen = new PriorityQueue<WaitingGroup, (bool IsHeld, DateTimeOffset Due)>(Comparer<(bool IsHeld, DateTimeOffset Due)>.Create(static (a, b) => b.CompareTo(a)));
        var unlisted = DateTimeOffset.MaxValue;
        var complete = false;
        try
        {
            IReadOnlyList<WaitingGroup> page = [];
            do
            {
                page = await spool.WaitingAsync(page.Count > 0 ? page[^1].Tenant : "", page.Count > 0 ? page[^1].Domain : "", ListPage, cancellationToken);
                foreach (var group in page.Where(group => !IsKnown(group)))
                {
                    chosen.Enqueue(group, (IsHeld(group.Tenant, group.Domain), group.EarliestDue));
                    if (chosen.Count > options.WaitingGroups && chosen.TryDequeue(out _, out var left))
                    {
                        var due = left.IsHeld ? clock.GetUtcNow() + HeldAgain : left.Due;
                        unlisted = due < unlisted ? due : unlisted;
                    }
                }
            }
            while (page.Count == ListPage);
            complete = true;
        }
        finally
        {
            if (!complete)
            {
                Volatile.Write(ref _stale, true);
            }
        }

        lock (_gate)
        {
            foreach (var (group, _) in chosen.UnorderedItems)
            {
                _waiting.Tell(_waiting.GroupOf(group.Tenant, group.Domain, group.Pool), group.EarliestDue);
            }

            _waiting.Leave(unlisted);
            _listsFrom = clock.GetUtcNow() + (clock.GetElapsedTime(begun) * ListShare);
        }
    }

    /// <summary>What has something in memory is known anyway, and told of what waits besides that.</summary>
    private bool IsKnown(WaitingGroup found)
    {
        lock (_gate)
        {
            if (_waiting.Find(found.Tenant, found.Domain) is not { InMemory: > 0 } group)
            {
                return false;
            }

            if (found.Count > group.Loaded)
            {
                _waiting.Tell(group, found.EarliestDue);
            }

            return true;
        }
    }
}

using Grid.Core.Vocabulary;

namespace Grid.Grains.Queue;

/// <summary>
/// What waits in the store, by tenant and domain, in the order in which it falls due. It knows when there is something to read, not what. Tenants'
/// domains have no bound, so beyond a number of groups it knows of the others only when the first of them falls due: then it is made anew from the
/// store, with those that fall due first. Guarded by its <see cref="ActiveWindow"/>.
/// </summary>
/// <param name="most">Groups listed; those that have something in memory are known besides.</param>
internal sealed class WaitingList(int most)
{
    /// <summary>The store keeps due times to the millisecond, rounded down.</summary>
    private static readonly TimeSpan StoredTo = TimeSpan.FromMilliseconds(1);

    private readonly Dictionary<(string Tenant, string Domain), WaitingMail> _groups = [];
    private readonly PriorityQueue<WaitingMail, DateTimeOffset> _due = new();

    /// <summary>Groups that it knows.</summary>
    public int Count => _groups.Count;

    /// <summary>When the first of what isn't listed falls due; MaxValue where all is listed.</summary>
    public DateTimeOffset UnlistedDue { get; private set; } = DateTimeOffset.MaxValue;

    public WaitingMail? Find(string tenant, string domain) => _groups.GetValueOrDefault((tenant, domain));

    public WaitingMail GroupOf(Envelope envelope) => GroupOf(envelope.Tenant, envelope.Domain, envelope.Pool);

    public WaitingMail GroupOf(string tenant, string domain, string pool)
    {
        if (!_groups.TryGetValue((tenant, domain), out var group))
        {
            _groups[(tenant, domain)] = group = new(tenant, domain, pool);
        }

        return group;
    }

    /// <summary>Something waits in the store from an instant on.</summary>
    public void Tell(string tenant, string domain, string pool, DateTimeOffset dueAt)
    {
        if (Find(tenant, domain) is null && _due.Count >= most)
        {
            Leave(dueAt);
        }
        else
        {
            Tell(GroupOf(tenant, domain, pool), dueAt);
        }
    }

    /// <summary>Something is not listed that falls due at an instant.</summary>
    public void Leave(DateTimeOffset dueAt) => UnlistedDue = dueAt < UnlistedDue ? dueAt : UnlistedDue;

    /// <summary>Forgets all that has nothing in memory, before the list is made anew.</summary>
    public void Clear()
    {
        UnlistedDue = DateTimeOffset.MaxValue;
        _due.Clear();
        foreach (var (key, group) in _groups)
        {
            group.Listed = false;
            if (group.InMemory == 0)
            {
                _groups.Remove(key);
            }
            else
            {
                List(group);
            }
        }
    }

    /// <summary>Forgets a group of which nothing waits and nothing is in memory.</summary>
    public void ForgetIfIdle(WaitingMail group)
    {
        if (group.InMemory == 0 && !group.Listed && group.NextDue == DateTimeOffset.MaxValue)
        {
            _groups.Remove((group.Tenant, group.Domain));
        }
    }

    /// <summary>Something of the group waits in the store from an instant on. It may lie before what was read already, as mail isn't committed in the order of its due times.</summary>
    public void Tell(WaitingMail group, DateTimeOffset dueAt)
    {
        group.Told = dueAt < group.Told ? dueAt : group.Told;
        if (dueAt - StoredTo < group.CursorDue)
        {
            (group.CursorDue, group.CursorKey) = (dueAt, default);
        }

        if (dueAt < group.NextDue)
        {
            group.NextDue = dueAt;
            group.Listed = false;
        }

        List(group);
    }

    /// <summary>Puts the group where its next mail falls due.</summary>
    public void List(WaitingMail group)
    {
        if (!group.Listed && group.NextDue < DateTimeOffset.MaxValue)
        {
            group.Listed = true;
            _due.Enqueue(group, group.NextDue);
        }
    }

    /// <summary>Takes the next group off the list that has something due and little enough in memory.</summary>
    public WaitingMail? TakeDue(DateTimeOffset now, int mostInMemory)
    {
        while (_due.TryPeek(out var group, out var due) && due <= now)
        {
            _due.Dequeue();
            group.Listed = false;
            if (group.NextDue > now)
            {
                List(group);
            }
            else if (group.InMemory < mostInMemory || group.InMemory <= ActiveWindow.LowMark)
            {
                return group;
            }
        }

        return null;
    }

    /// <summary>An envelope of the group has left memory.</summary>
    public void Left(QueueItem item)
    {
        if (Find(item.Envelope.Tenant, item.Envelope.Domain) is not { } group)
        {
            return;
        }

        group.Loaded -= item.InStore ? 1 : 0;

        if (--group.InMemory is ActiveWindow.LowMark or 0)
        {
            // So much was being sent when the last of it left its queue that no more was fetched then.
            List(group);
        }

        ForgetIfIdle(group);
    }
}

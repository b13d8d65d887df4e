using Grid.Core.Vocabulary;

namespace Grid.Grains.Queue;

/// <summary>
/// What waits in the store, by tenant and domain, in the order in which it falls due. It knows when there is something to read, not what.
/// Guarded by its <see cref="ActiveWindow"/>.
/// </summary>
internal sealed class WaitingList
{
    /// <summary>The store keeps due times to the millisecond, rounded down.</summary>
    private static readonly TimeSpan StoredTo = TimeSpan.FromMilliseconds(1);

    private readonly Dictionary<(string Tenant, string Domain), WaitingMail> _groups = [];
    private readonly PriorityQueue<WaitingMail, DateTimeOffset> _due = new();

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
    public void Left(string tenant, string domain)
    {
        if (Find(tenant, domain) is not { } group)
        {
            return;
        }

        if (--group.InMemory == 0 && !group.Listed && group.NextDue == DateTimeOffset.MaxValue)
        {
            _groups.Remove((tenant, domain));
        }
        else if (group.InMemory is ActiveWindow.LowMark or 0)
        {
            // So much was being sent when the last of it left its queue that no more was fetched then.
            List(group);
        }
    }
}

using Grid.Contracts.Admission;
using Grid.Core.Vocabulary;
using Grid.Grains.Admission;

namespace Grid.Grains.Queue;

/// <summary>
/// Who is next at a ready queue: tenants in a ring, each with a ring of its recipient domains. Whoever has mail, is not paused and is not
/// known to lack permits stands in it; the others stand aside. Guarded by its <see cref="ReadyQueue"/>.
/// </summary>
internal sealed class FairTurns(PermitBook book, Func<string, string, bool> isPaused, Action<TenantTurn> tenantPermitted, Action<DomainTurn> domainPermitted)
{
    private readonly LinkedList<TenantTurn> _ring = new();
    private readonly Dictionary<string, TenantTurn> _tenants = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Someone stands.</summary>
    public bool Any => _ring.Count > 0;

    /// <summary>Nothing is here, and nothing that was taken from here is under way.</summary>
    public bool IsEmpty => _tenants.Count == 0 && _count == 0;

    /// <summary>Envelopes of all, standing or not.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Recipient domains of what is here, at most so many.</summary>
    public List<string> Domains(int most) => [.. _tenants.Values.SelectMany(t => t.Domains.Values).Where(d => d.Count > 0).Select(d => d.Domain).Distinct().Take(most)];

    /// <summary>Envelopes of what <paramref name="which"/> picks by tenant and domain.</summary>
    public int CountOf(Func<string, string, bool> which) => _tenants.Values.SelectMany(t => t.Domains.Values).Where(d => which(d.Tenant.Tenant, d.Domain)).Sum(d => d.Count + d.Held);

    public void Add(QueueItem item, bool returned)
    {
        var turn = TurnOf(item.Envelope.Tenant, item.Envelope.Domain);
        if (returned)
        {
            turn.Return(item);
        }
        else
        {
            turn.Add(item);
        }

        _count++;
        Stand(turn);
    }

    /// <summary>The next turn, with a permit taken of its tenant and its domain. Whoever has none stands aside until it is told.</summary>
    public DomainTurn? Next(long now)
    {
        for (var tenants = _ring.Count; tenants > 0; tenants--)
        {
            var tenant = Rotate(_ring);
            if (!tenant.Permits.TryUse(now, 1, tenant.Unpark))
            {
                tenant.Parked = true;
                _ring.Remove(tenant.Place!);
                tenant.Place = null;
                continue;
            }

            for (var domains = tenant.Ring.Count; domains > 0; domains--)
            {
                var turn = Rotate(tenant.Ring);
                turn.Sift();
                if (turn.Count == 0)
                {
                    Leave(turn);
                }
                else if (turn.Permits.MaxConnections > 0 && turn.Open >= turn.Permits.MaxConnections)
                {
                    Leave(turn);
                }
                else if (!turn.Permits.TryUse(now, 1, turn.Unpark))
                {
                    turn.Parked = true;
                    Leave(turn);
                }
                else
                {
                    return turn;
                }
            }

            tenant.Permits.Untake(now);
        }

        return null;
    }

    /// <summary>The turn's next envelope.</summary>
    public QueueItem Take(DomainTurn turn)
    {
        _count--;
        return turn.Take();
    }

    /// <summary>Leaves the ring when there is nothing to take or it is paused.</summary>
    public void Sit(DomainTurn turn)
    {
        if (turn.Count == 0 || isPaused(turn.Tenant.Tenant, turn.Domain))
        {
            Leave(turn);
        }
    }

    /// <summary>A transaction of the turn has ended; true when it stands again for that.</summary>
    public bool Done(DomainTurn turn)
    {
        turn.Open--;
        var stands = turn.Count > 0 && turn.Place is null && !turn.Parked;
        if (stands)
        {
            Stand(turn);
        }

        ForgetIfEmpty(turn);
        return stands;
    }

    /// <summary>Takes out what <paramref name="which"/> picks by tenant and domain, and <paramref name="item"/> of that.</summary>
    /// <param name="held">Also what is held while other mail of its tenant goes.</param>
    public List<QueueItem> Withdraw(Func<string, string, bool> which, Func<QueueItem, bool>? item, bool held)
    {
        var gone = new List<QueueItem>();
        foreach (var turn in _tenants.Values.SelectMany(t => t.Domains.Values).Where(d => which(d.Tenant.Tenant, d.Domain)).ToList())
        {
            turn.Sift();
            var keep = new List<QueueItem>();
            foreach (var one in held ? turn.TakeHeld() : [])
            {
                (item is null || item(one) ? gone : keep).Add(one);
            }

            while (turn.Count > 0)
            {
                var next = turn.Take();
                (item is null || item(next) ? gone : keep).Add(next);
            }

            keep.ForEach(turn.Add);
            Sit(turn);
            ForgetIfEmpty(turn);
        }

        _count -= gone.Count;
        return gone;
    }

    /// <summary>Takes out all that is held while other mail of its tenant goes.</summary>
    public List<QueueItem> WithdrawHeld()
    {
        var gone = new List<QueueItem>();
        foreach (var turn in _tenants.Values.SelectMany(t => t.Domains.Values).Where(d => d.Held > 0).ToList())
        {
            gone.AddRange(turn.TakeHeld());
            ForgetIfEmpty(turn);
        }

        _count -= gone.Count;
        return gone;
    }

    /// <summary>What of the tenant's mail is held has changed.</summary>
    public void Sift(string tenant)
    {
        if (_tenants.TryGetValue(tenant, out var turns))
        {
            foreach (var turn in turns.Domains.Values)
            {
                turn.Sift();
                Stand(turn);
            }
        }
    }

    /// <summary>Whoever was paused may stand again.</summary>
    public void StandAll()
    {
        foreach (var turn in _tenants.Values.SelectMany(t => t.Domains.Values))
        {
            Stand(turn);
        }
    }

    /// <summary>The tenant may have permits again.</summary>
    public void Unpark(TenantTurn tenant)
    {
        tenant.Parked = false;
        if (tenant.Ring.Count > 0)
        {
            tenant.Place ??= _ring.AddLast(tenant);
        }
        else if (tenant.Domains.Count == 0 && _tenants.Remove(tenant.Tenant))
        {
            book.Leave(tenant.Permits);
        }
    }

    /// <summary>The tenant's domain may have permits again.</summary>
    public void Unpark(DomainTurn turn)
    {
        turn.Parked = false;
        Stand(turn);
        ForgetIfEmpty(turn);
    }

    private void Stand(DomainTurn turn)
    {
        if (turn.Count == 0 || turn.Parked || isPaused(turn.Tenant.Tenant, turn.Domain))
        {
            return;
        }

        turn.Place ??= turn.Tenant.Ring.AddLast(turn);
        if (!turn.Tenant.Parked)
        {
            turn.Tenant.Place ??= _ring.AddLast(turn.Tenant);
        }
    }

    private void Leave(DomainTurn turn)
    {
        if (turn.Place is not null)
        {
            turn.Tenant.Ring.Remove(turn.Place);
            turn.Place = null;
        }

        if (turn.Tenant.Ring.Count == 0 && turn.Tenant.Place is not null)
        {
            _ring.Remove(turn.Tenant.Place);
            turn.Tenant.Place = null;
        }
    }

    private DomainTurn TurnOf(string tenant, string domain)
    {
        if (!_tenants.TryGetValue(tenant, out var t))
        {
            _tenants[tenant] = t = new(tenant, book.Enter(PermitKind.Send, Subject.Tenant(tenant))) { WhenPermitted = tenantPermitted };
        }

        if (!t.Domains.TryGetValue(domain, out var d))
        {
            t.Domains[domain] = d = new(t, domain, book.Enter(PermitKind.Send, Subject.Domain(domain))) { WhenPermitted = domainPermitted };
        }

        return d;
    }

    private void ForgetIfEmpty(DomainTurn turn)
    {
        if (turn.Count > 0 || turn.Held > 0 || turn.Open > 0 || turn.Parked || !turn.Tenant.Domains.Remove(turn.Domain))
        {
            return;
        }

        book.Leave(turn.Permits);
        if (turn.Tenant.Domains.Count == 0 && !turn.Tenant.Parked && _tenants.Remove(turn.Tenant.Tenant))
        {
            book.Leave(turn.Tenant.Permits);
        }
    }

    private static T Rotate<T>(LinkedList<T> ring)
    {
        var first = ring.First!;
        ring.RemoveFirst();
        ring.AddLast(first);
        return first.Value;
    }
}

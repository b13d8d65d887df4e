using Grid.Contracts.Admission;
using Grid.Core.Vocabulary;
using Grid.Grains.Admission;

namespace Grid.Grains.Queue;

/// <summary>
/// What may be sent now from one pool of sending IPs to one site. In: envelopes in memory. Out: one recipient group at a time, to
/// whichever sender asks, so that the mail of a resting IP goes with the pool's others. Guarantees fair turns between tenants, and
/// between the domains of each; that everything taken holds a permit of IP, IP and site, site, tenant and domain; and that whoever has no permit
/// stands aside without holding up the rest. Nothing fails here: what can't be sent stays.
/// </summary>
public sealed partial class ReadyQueue
{
    /// <summary>Waiting envelopes that a further connection is opened for: fewer are sooner sent by those that stand.</summary>
    internal const int WorthAConnection = 20;

    private const int MostStale = 256;

    private readonly Lock _gate = new();
    private readonly PermitBook _book;
    private readonly TimeProvider _clock;
    private readonly LinkedList<TenantTurn> _ring = new();
    private readonly Dictionary<string, TenantTurn> _tenants = new(StringComparer.Ordinal);
    private readonly Stack<IdleSender> _idle = new();
    private readonly Func<string, string, bool> _isPaused;
    private int _count;
    private readonly Action _signalOne;
    private long _signals;
    private int _connections;

    internal ReadyQueue(string pool, SiteRoute route, PermitBook book, TimeProvider clock, Func<string, string, bool> isPaused)
    {
        (Pool, Route, _book, _clock, _isPaused) = (pool, route, book, clock, isPaused);
        _lastAdded = clock.GetTimestamp();
        SitePermits = book.Enter(PermitKind.Send, Subject.Site(route.Site));
        _signalOne = () => Signal(1);
    }

    public string Pool { get; }

    public SiteRoute Route { get; }

    internal PermitBlock SitePermits { get; }

    /// <summary>When a connection to the site last stood (ticks of the clock); 0 before the first.</summary>
    public long LastConnected { get; set; }

    /// <summary>Connections that its senders may have at once, all together; with so many open nobody is woken to open more.</summary>
    public int MostConnections { get; set; } = int.MaxValue;

    /// <summary>Sending IPs of its pool: each may have its first connection at once, and further ones by the mail that waits.</summary>
    public int Senders { get; set; } = 1;

    /// <summary>When something was last taken from here (ticks of the clock).</summary>
    internal long LastTaken { get; private set; }

    /// <summary>A sender opens (1) or has closed (-1) a connection for this queue.</summary>
    internal void Connect(int change) => Interlocked.Add(ref _connections, change);

    /// <summary>Envelopes in memory here.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>True when something may be takeable: someone stands in the ring.</summary>
    public bool HasTurns
    {
        get
        {
            lock (_gate)
            {
                return _ring.Count > 0;
            }
        }
    }

    /// <summary>Called, outside the lock, when there is something to take and no idle sender to take it.</summary>
    public event Action? Wanted;

    /// <summary>Called, outside the lock, with tenant and domain when little of them is left in memory.</summary>
    internal event Action<string, string>? Draining;

    /// <summary>False where the queue is retired and took nothing: there is, or will be, another of its name.</summary>
    internal bool Add(IReadOnlyList<QueueItem> items, bool returned = false)
    {
        lock (_gate)
        {
            if (_retired)
            {
                return false;
            }

            foreach (var item in items)
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

            _lastAdded = _clock.GetTimestamp();
        }

        Signal(items.Count);
        return true;
    }

    /// <summary>Whether IP and site have permits at hand, so that their limits are known and a connection is of use. False: <see cref="Wanted"/> follows when that changes.</summary>
    internal bool HasPermits(PermitBlock ip, PermitBlock? lane = null)
    {
        var now = _clock.GetTimestamp();
        foreach (var block in (ReadOnlySpan<PermitBlock>)[ip, SitePermits, lane ?? ip])
        {
            if (!block.TryUse(now, 1, _signalOne))
            {
                return false;
            }

            block.Untake(now);
        }

        return true;
    }

    /// <summary>Takes the next recipients of one message, at most <paramref name="most"/>, with a permit each. Null: nothing can go now; a wake-up follows when that changes.</summary>
    internal (DomainTurn Turn, List<QueueItem> Items)? TryTake(IdleSender sender, PermitBlock ip, int most, PermitBlock? lane = null)
    {
        var now = _clock.GetTimestamp();
        (DomainTurn, List<QueueItem>)? taken = null;
        var draining = false;
        lock (_gate)
        {
            sender.Seen = _signals;
            if (_ring.Count == 0 || !ip.TryUse(now, 1, _signalOne))
            {
                return null;
            }

            if (lane?.TryUse(now, 1, _signalOne) is false)
            {
                ip.Untake(now);
                return null;
            }

            if (!SitePermits.TryUse(now, 1, _signalOne))
            {
                ip.Untake(now);
                lane?.Untake(now);
                return null;
            }

            if (NextTurn(now) is { } turn)
            {
                var items = new List<QueueItem>(1) { turn.Take() };
                while (items.Count < most && turn.Peek() is { } also && also.Envelope.Key.Message == items[0].Envelope.Key.Message && UseAll(turn, ip, lane, now))
                {
                    items.Add(turn.Take());
                }

                _count -= items.Count;
                turn.Open++;
                LastTaken = now;
                draining = turn.Count is ActiveWindow.LowMark or 0;
                Sit(turn);
                taken = (turn, items);
            }
            else
            {
                ip.Untake(now);
                lane?.Untake(now);
                SitePermits.Untake(now);
            }
        }

        if (draining && taken is { } t)
        {
            Draining?.Invoke(t.Item1.Tenant.Tenant, t.Item1.Domain);
        }

        return taken;
    }

    /// <summary>A transaction of the turn has ended.</summary>
    internal void Done(DomainTurn turn)
    {
        bool stands;
        lock (_gate)
        {
            turn.Open--;
            stands = turn.Count > 0 && turn.Place is null && !turn.Parked;
            if (stands)
            {
                Stand(turn);
            }

            ForgetIfEmpty(turn);
        }

        if (stands)
        {
            Signal(1);
        }
    }

    /// <summary>Permits that were taken for recipients that were not attempted.</summary>
    internal void GiveBack(DomainTurn turn, PermitBlock ip, int count, PermitBlock? lane = null)
    {
        var now = _clock.GetTimestamp();
        ip.GiveBack(now, count);
        lane?.GiveBack(now, count);
        SitePermits.GiveBack(now, count);
        turn.Tenant.Permits.GiveBack(now, count);
        turn.Permits.GiveBack(now, count);
    }

    /// <summary>Takes out of memory what <paramref name="which"/> picks.</summary>
    internal List<QueueItem> Withdraw(Func<string, string, bool> which, Func<QueueItem, bool>? item = null)
    {
        var gone = new List<QueueItem>();
        lock (_gate)
        {
            foreach (var turn in _tenants.Values.SelectMany(t => t.Domains.Values).Where(d => which(d.Tenant.Tenant, d.Domain)).ToList())
            {
                var keep = new List<QueueItem>();
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
        }

        return gone;
    }

    /// <summary>Whoever was paused may stand again.</summary>
    internal void StandAll()
    {
        lock (_gate)
        {
            foreach (var turn in _tenants.Values.SelectMany(t => t.Domains.Values))
            {
                Stand(turn);
            }
        }

        Signal(int.MaxValue);
    }

    /// <summary>Waits for something to take, at most <paramref name="atMost"/>; false when there was nothing. A signal since the sender last looked ends the wait at once.</summary>
    internal ValueTask<bool> WaitAsync(IdleSender sender, TimeSpan atMost)
    {
        lock (_gate)
        {
            if (sender.Seen != _signals)
            {
                return new(true);
            }

            sender.Reset(atMost);
            if (_idle.Count > MostStale)
            {
                var waiting = _idle.Where(s => s.IsWaiting).ToArray();
                _idle.Clear();
                Array.ForEach(waiting, _idle.Push);
            }

            _idle.Push(sender);
        }

        return sender.Wait();
    }

    private DomainTurn? NextTurn(long now)
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
                if (turn.Permits.MaxConnections > 0 && turn.Open >= turn.Permits.MaxConnections)
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

    private bool UseAll(DomainTurn turn, PermitBlock ip, PermitBlock? lane, long now)
    {
        PermitBlock[] needed = lane is null ? [ip, SitePermits, turn.Tenant.Permits, turn.Permits] : [ip, lane, SitePermits, turn.Tenant.Permits, turn.Permits];
        for (var i = 0; i < needed.Length; i++)
        {
            if (!needed[i].TryUse(now))
            {
                while (--i >= 0)
                {
                    needed[i].Untake(now);
                }

                return false;
            }
        }

        return true;
    }

    private static T Rotate<T>(LinkedList<T> ring)
    {
        var first = ring.First!;
        ring.RemoveFirst();
        ring.AddLast(first);
        return first.Value;
    }

    private DomainTurn TurnOf(string tenant, string domain)
    {
        if (!_tenants.TryGetValue(tenant, out var t))
        {
            _tenants[tenant] = t = new(tenant, _book.Enter(PermitKind.Send, Subject.Tenant(tenant))) { WhenPermitted = Unpark };
        }

        if (!t.Domains.TryGetValue(domain, out var d))
        {
            t.Domains[domain] = d = new(t, domain, _book.Enter(PermitKind.Send, Subject.Domain(domain))) { WhenPermitted = Unpark };
        }

        return d;
    }

    private void Stand(DomainTurn turn)
    {
        if (turn.Count == 0 || turn.Parked || _isPaused(turn.Tenant.Tenant, turn.Domain))
        {
            return;
        }

        turn.Place ??= turn.Tenant.Ring.AddLast(turn);
        if (!turn.Tenant.Parked)
        {
            turn.Tenant.Place ??= _ring.AddLast(turn.Tenant);
        }
    }

    /// <summary>Leaves the ring when there is nothing to take or it is paused.</summary>
    private void Sit(DomainTurn turn)
    {
        if (turn.Count == 0 || _isPaused(turn.Tenant.Tenant, turn.Domain))
        {
            Leave(turn);
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

    private void ForgetIfEmpty(DomainTurn turn)
    {
        if (turn.Count > 0 || turn.Open > 0 || turn.Parked || !turn.Tenant.Domains.Remove(turn.Domain))
        {
            return;
        }

        _book.Leave(turn.Permits);
        if (turn.Tenant.Domains.Count == 0 && !turn.Tenant.Parked && _tenants.Remove(turn.Tenant.Tenant))
        {
            _book.Leave(turn.Tenant.Permits);
        }
    }

    private void Unpark(TenantTurn tenant)
    {
        lock (_gate)
        {
            tenant.Parked = false;
            if (tenant.Ring.Count > 0)
            {
                tenant.Place ??= _ring.AddLast(tenant);
            }
            else if (tenant.Domains.Count == 0 && _tenants.Remove(tenant.Tenant))
            {
                _book.Leave(tenant.Permits);
            }
        }

        Signal(1);
    }

    private void Unpark(DomainTurn turn)
    {
        lock (_gate)
        {
            turn.Parked = false;
            Stand(turn);
            ForgetIfEmpty(turn);
        }

        Signal(1);
    }

    private void Signal(int count)
    {
        bool more;
        lock (_gate)
        {
            _signals++;
            more = _ring.Count > 0;
        }

        while (count > 0 && more)
        {
            IdleSender? sender;
            lock (_gate)
            {
                more = _ring.Count > 0;
                if (!more || !_idle.TryPop(out sender))
                {
                    break;
                }
            }

            if (sender.Wake())
            {
                count--;
            }
        }

        // When as many connections as this mail is worth are at work already, the one that is done first looks here again.
        if (count > 0 && more && Volatile.Read(ref _connections) < Math.Min(MostConnections, Senders * (1L + (Count / WorthAConnection))))
        {
            Wanted?.Invoke();
        }
    }
}

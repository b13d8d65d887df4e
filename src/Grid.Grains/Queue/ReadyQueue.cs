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
    private readonly Lock _gate = new();
    private readonly PermitBook _book;
    private readonly TimeProvider _clock;
    private readonly FairTurns _turns;
    private readonly IdleSenders _idle = new();
    private readonly Action _signalOne;
    private long _signals;
    private int _connections;

    internal ReadyQueue(string pool, SiteRoute route, PermitBook book, TimeProvider clock, Func<string, string, bool> isPaused)
    {
        (Pool, Route, _book, _clock, Worth) = (pool, route, book, clock, new(clock));
        _turns = new(book, isPaused, Unpark, Unpark);
        _lastAdded = clock.GetTimestamp();
        SitePermits = book.Enter(PermitKind.Send, Subject.Site(route.Site));
        _signalOne = () => Signal(1);
    }

    public string Pool { get; }

    public SiteRoute Route { get; }

    internal PermitBlock SitePermits { get; }

    /// <summary>Connections that what waits here is worth.</summary>
    internal ConnectionWorth Worth { get; }

    /// <summary>When a connection to the site last stood (ticks of the clock); 0 before the first.</summary>
    public long LastConnected { get; set; }

    /// <summary>When something was last taken from here (ticks of the clock).</summary>
    internal long LastTaken { get; private set; }

    /// <summary>Connections that its senders may have at once, all together; with so many open nobody is woken to open more.</summary>
    public int MostConnections { get; set; } = int.MaxValue;

    /// <summary>Sending IPs of its pool: each may have its first connection at once, and further ones by the mail that waits.</summary>
    public int Senders { get; set; } = 1;

    /// <summary>Envelopes in memory here.</summary>
    public int Count => _turns.Count;

    /// <summary>True when something may be takeable: someone stands in the ring.</summary>
    public bool HasTurns
    {
        get
        {
            lock (_gate)
            {
                return _turns.Any;
            }
        }
    }

    /// <summary>Called, outside the lock, when there is something to take and no idle sender to take it.</summary>
    public event Action? Wanted;

    /// <summary>Called, outside the lock, with tenant and domain when little of them is left in memory.</summary>
    internal event Action<string, string>? Draining;

    /// <summary>A sender opens (1) or has closed (-1) a connection for this queue.</summary>
    internal void Connect(int change)
    {
        Interlocked.Add(ref _connections, change);
        Worth.Asked();
    }

    /// <summary>False where the queue is retired and took nothing: there is, or will be, another of its name.</summary>
    internal bool Add(IReadOnlyList<QueueItem> items, bool returned = false)
    {
        var now = _clock.GetTimestamp();
        lock (_gate)
        {
            if (_retired)
            {
                return false;
            }

            foreach (var item in items)
            {
                item.PlacedAt = now;
                _turns.Add(item, returned);
            }

            _lastAdded = now;
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
        (DomainTurn Turn, List<QueueItem> Items) taken;
        bool draining;
        lock (_gate)
        {
            sender.Seen = _signals;
            if (!_turns.Any || !ip.TryUse(now, 1, _signalOne))
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

            if (_turns.Next(now) is not { } turn)
            {
                ip.Untake(now);
                lane?.Untake(now);
                SitePermits.Untake(now);
                return null;
            }

            var items = new List<QueueItem>(1) { _turns.Take(turn) };
            while (items.Count < most && turn.Peek() is { } also && also.Envelope.Key.Message == items[0].Envelope.Key.Message && UseAll(turn, ip, lane, now))
            {
                items.Add(_turns.Take(turn));
            }

            turn.Open++;
            LastTaken = now;
            draining = turn.Count is ActiveWindow.LowMark or 0;
            _turns.Sit(turn);
            taken = (turn, items);
        }

        if (draining)
        {
            Draining?.Invoke(taken.Turn.Tenant.Tenant, taken.Turn.Domain);
        }

        return taken;
    }

    /// <summary>A transaction of the turn has ended.</summary>
    internal void Done(DomainTurn turn)
    {
        bool stands;
        lock (_gate)
        {
            stands = _turns.Done(turn);
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
    internal List<QueueItem> Withdraw(Func<string, string, bool> which, Func<QueueItem, bool>? item = null, bool held = true)
    {
        lock (_gate)
        {
            return _turns.Withdraw(which, item, held);
        }
    }

    private bool UseAll(DomainTurn turn, PermitBlock ip, PermitBlock? lane, long now)
    {
        PermitBlock[] needed = lane is null ? [ip, SitePermits, turn.Tenant.Permits, turn.Permits] : [ip, lane, SitePermits, turn.Tenant.Permits, turn.Permits];
        for (var i = 0; i < needed.Length; i++)
        {
            if (!needed[i].TryUse(now))
            {
                Untake(needed.AsSpan(0, i), now);
                return false;
            }
        }

        if (turn.IsSifted)
        {
            return true;
        }

        // The permit is of a later grant, which may not be for this mail.
        Untake(needed, now);
        return false;
    }

    private static void Untake(ReadOnlySpan<PermitBlock> taken, long now)
    {
        foreach (var block in taken)
        {
            block.Untake(now);
        }
    }

    private void Unpark(TenantTurn tenant)
    {
        lock (_gate)
        {
            _turns.Unpark(tenant);
        }

        Signal(1);
    }

    private void Unpark(DomainTurn turn)
    {
        lock (_gate)
        {
            _turns.Unpark(turn);
        }

        Signal(1);
    }

    private void Signal(int count)
    {
        bool more;
        lock (_gate)
        {
            _signals++;
            more = _turns.Any;
        }

        while (count > 0 && more)
        {
            IdleSender? sender;
            lock (_gate)
            {
                more = _turns.Any;
                sender = more ? _idle.Pop() : null;
            }

            if (sender is null)
            {
                break;
            }

            if (sender.Wake())
            {
                count--;
            }
        }

        // When as many connections as this mail is worth are at work already, the one that is done first looks here again.
        if (count > 0 && more && Volatile.Read(ref _connections) < Math.Min(MostConnections, Senders * (long)Worth.Of(Count)))
        {
            Wanted?.Invoke();
        }
    }
}

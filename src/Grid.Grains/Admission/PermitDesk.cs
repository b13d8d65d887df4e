using Grid.Contracts.Admission;
using Grid.Core.Admission;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Admission;

/// <summary>
/// The owner's side of permits: limiters, and who holds blocks. Guarantees that what it grants keeps within every limit, and that
/// after a revocation no holder uses what was granted before, unless a holder doesn't answer: then its blocks end by their deadline.
/// </summary>
internal sealed class PermitDesk(TimeProvider clock)
{
    /// <summary>Deadline of blocks without a rate limit. A revocation reaches its holders long before.</summary>
    private static readonly TimeSpan UnpacedUse = TimeSpan.FromSeconds(10);

    /// <summary>Shortest time to use a permit in: below, a busy process could never use one.</summary>
    private static readonly TimeSpan ShortestUse = TimeSpan.FromMilliseconds(25);

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HolderAnswers = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HolderForgotten = TimeSpan.FromMinutes(30);

    private readonly Dictionary<IPermitHolder, DateTimeOffset> _holders = [];
    private readonly List<RollingQuota> _quotas = [];
    private CellRateLimiter? _limiter;
    private long _epoch = clock.GetUtcNow().UtcTicks;

    /// <summary>Permits lie so far apart that losing track of one would cost hours.</summary>
    private bool IsSlow => _limiter is { } limiter && limiter.Rate.Interval >= Slow;

    /// <summary>Whether a grant is to be saved before it is used: at a slow rate, and within quotas, which outlast the activation that counts them.</summary>
    public bool MustSave(PermitKind kind) => kind == PermitKind.Submit ? _quotas.Count > 0 : IsSlow;

    /// <summary>Sets the delivery rate; null = none. A bucket starts empty, as what was granted before isn't known; that of a slow rate, whose grants are saved, starts as it was.</summary>
    /// <param name="from">When the bucket is full, as saved.</param>
    public void Limit(Rate? rate, DateTimeOffset? from)
    {
        var now = clock.GetUtcNow();
        if (rate is not { } limit)
        {
            _limiter = null;
        }
        else if (_limiter is not null)
        {
            _limiter.Change(limit, now);
        }
        else
        {
            _limiter = new(limit, now, spent: limit.Interval < Slow);
            if (IsSlow && from is { } saved && saved > now)
            {
                _limiter.TheoreticalArrival = saved;
            }
        }
    }

    /// <summary>Sets intake quotas, keeping what was used of those that stay.</summary>
    public void Quota(IEnumerable<(int Limit, TimeSpan Window)> quotas, IReadOnlyDictionary<int, QuotaSnapshot> used)
    {
        var before = Snapshots();
        _quotas.Clear();
        foreach (var (limit, window) in quotas)
        {
            var quota = new RollingQuota(limit, window, 60);
            var key = (int)window.TotalSeconds;
            if ((before.GetValueOrDefault(key) ?? used.GetValueOrDefault(key)) is { } known)
            {
                quota.Restore(known);
            }

            _quotas.Add(quota);
        }
    }

    public Dictionary<int, QuotaSnapshot> Snapshots() => _quotas.ToDictionary(q => (int)q.Window.TotalSeconds, q => q.Snapshot());

    public DateTimeOffset? PermitsFrom => _limiter?.TheoreticalArrival;

    /// <summary>Grants what the limits allow.</summary>
    public PermitGrant Grant(IPermitHolder holder, PermitKind kind, int wanted, int unused, string pool, int maxConnections, int maxMessages)
    {
        var now = clock.GetUtcNow();
        Remember(holder, now);
        var share = maxConnections == 0 ? 0 : Math.Max(1, maxConnections / _holders.Count);
        if (kind == PermitKind.Submit)
        {
            return Submit(wanted, unused, pool, now);
        }

        _limiter?.Return(unused);
        var grant = _limiter?.Take(wanted, now) ?? new(wanted, TimeSpan.Zero);
        var use = _limiter is null ? UnpacedUse : _limiter.UseWithin < ShortestUse ? ShortestUse : _limiter.UseWithin;
        return new(grant.Count, use, grant.RetryAfter, null, share, maxMessages, pool, _epoch);
    }

    /// <summary>Refuses until something changes.</summary>
    public PermitGrant Refuse(IPermitHolder holder, PermitRefusal refusal, string pool)
    {
        Remember(holder, clock.GetUtcNow());
        return new(0, TimeSpan.Zero, Timeout.InfiniteTimeSpan, refusal, 0, 0, pool, _epoch);
    }

    /// <summary>Voids everything granted so far, at every holder.</summary>
    public async ValueTask RevokeAsync(Subject subject, bool ended)
    {
        var epoch = _epoch++;
        foreach (var holder in _holders.Keys.ToList())
        {
            try
            {
                await holder.Changed(subject, epoch, ended).WaitAsync(HolderAnswers, clock);
            }
            catch (Exception e) when (e is TimeoutException or OrleansException)
            {
                // A process that is gone uses no permits; one that hangs loses them at their deadline.
                _holders.Remove(holder);
            }
        }
    }

    private PermitGrant Submit(int wanted, int unused, string pool, DateTimeOffset now)
    {
        var (count, retry) = (wanted, TimeSpan.Zero);
        foreach (var quota in _quotas)
        {
            quota.Return(unused, now);
        }

        foreach (var quota in _quotas)
        {
            var grant = quota.Take(count, now);
            if (grant.Count < count)
            {
                foreach (var earlier in _quotas.TakeWhile(q => q != quota))
                {
                    earlier.Return(count - grant.Count, now);
                }

                count = grant.Count;
            }

            retry = grant.RetryAfter > retry ? grant.RetryAfter : retry;
        }

        return new(count, UnpacedUse, count > 0 ? TimeSpan.Zero : retry, null, 0, 0, pool, _epoch);
    }

    private void Remember(IPermitHolder holder, DateTimeOffset now)
    {
        _holders[holder] = now;
        if (_holders.Count > 1)
        {
            foreach (var gone in _holders.Where(h => now - h.Value > HolderForgotten).Select(h => h.Key).ToList())
            {
                _holders.Remove(gone);
            }
        }
    }
}

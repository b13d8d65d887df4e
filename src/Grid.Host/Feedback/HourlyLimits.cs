using System.Collections.Concurrent;
using Grid.Core.Admission;

namespace Grid.Host.Feedback;

/// <summary>
/// So many an hour for each of many names. Holds at most 10,000 names; when there are more, those that used nothing lately are forgotten,
/// and if all did, a new name gets nothing. Begins anew with the process.
/// </summary>
public sealed class HourlyLimits(TimeProvider clock)
{
    private const int MaxNames = 10_000;
    private const int Slots = 60;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, RollingQuota> _quotas = new(StringComparer.Ordinal);

    /// <summary>Takes one of a name's; false when it has none left.</summary>
    public bool TryTake(string name, int limit)
    {
        var now = clock.GetUtcNow();
        if (!_quotas.TryGetValue(name, out var quota))
        {
            if (_quotas.Count >= MaxNames)
            {
                Forget(now);
            }

            if (_quotas.Count >= MaxNames)
            {
                return false;
            }

            quota = _quotas.GetOrAdd(name, _ => new(limit, Hour, Slots));
        }

        lock (quota)
        {
            quota.Limit = limit;
            return quota.Take(1, now).Count > 0;
        }
    }

    /// <summary>What was taken last came to nothing.</summary>
    public void GiveBack(string name)
    {
        if (_quotas.TryGetValue(name, out var quota))
        {
            lock (quota)
            {
                quota.Return(1, clock.GetUtcNow());
            }
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (name, quota) in _quotas)
        {
            lock (quota)
            {
                if (quota.Used(now) == 0)
                {
                    _quotas.TryRemove(name, out _);
                }
            }
        }
    }
}

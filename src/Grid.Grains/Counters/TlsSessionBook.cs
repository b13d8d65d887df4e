using Grid.Core.Counters;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Counters;

/// <summary>
/// Counts TLS sessions for reports to their domains (RFC 8460), in memory until someone takes the counts to the store. In: connections, by
/// recipient domain. Out: counts by day, policy and failure. Guarantees at most <see cref="MostCounts"/> of them: what is new beyond that is
/// counted as left out. Where reports are off it does nothing.
/// </summary>
public sealed class TlsSessionBook(IStsPolicies policies, TimeProvider clock, bool isOn) : ITlsSessions
{
    /// <summary>Counts that differ, in memory.</summary>
    public const int MostCounts = 20_000;

    private readonly Lock _gate = new();
    private Dictionary<(DateOnly Day, string Domain, TlsPolicy Policy, TlsFailure? Failure), long> _counts = [];
    private long _leftOut;

    /// <inheritdoc />
    public void Count(string domain, IReadOnlyList<TlsSession> sessions)
    {
        if (!isOn || sessions.Count == 0)
        {
            return;
        }

        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var sts = policies.Known(domain);
        lock (_gate)
        {
            foreach (var session in sessions)
            {
                var verdict = TlsVerdict.Of(session, sts);
                Add((day, domain, verdict.Policy, verdict.Failure), 1);
            }
        }
    }

    /// <summary>All counts, which are forgotten here, and how many sessions were left out.</summary>
    public (IReadOnlyList<TlsCount> Counts, long LeftOut) Take()
    {
        lock (_gate)
        {
            var taken = (_counts.Select(c => new TlsCount(c.Key.Day, c.Key.Domain, c.Key.Policy, c.Key.Failure, c.Value)).ToList(), _leftOut);
            (_counts, _leftOut) = ([], 0);
            return taken;
        }
    }

    /// <summary>Counts that found no way to the store.</summary>
    public void Return(IEnumerable<TlsCount> counts)
    {
        lock (_gate)
        {
            foreach (var c in counts)
            {
                Add((c.Day, c.Domain, c.Policy, c.Failure), c.Sessions);
            }
        }
    }

    private void Add((DateOnly Day, string Domain, TlsPolicy Policy, TlsFailure? Failure) key, long sessions)
    {
        if (_counts.TryGetValue(key, out var known) || _counts.Count < MostCounts)
        {
            _counts[key] = known + sessions;
        }
        else
        {
            _leftOut += sessions;
        }
    }
}

using System.Data.Common;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;

namespace Grid.Storage.Queue;

/// <summary>
/// Counts the queue by domain, and by tenant, from rows that pass by in any order. There is no bound on domains but the disk's, so
/// no more than <paramref name="mostNames"/> are kept at a time: where there are more, those of every second hash are let go, and counted when the rows pass
/// by again. Exact as long as the rows are the same each time.
/// </summary>
internal sealed class QueueTally(int most, int mostNames = 1 << 18)
{
    /// <summary>A row for each envelope: tenant, domain, envelopes, deferred ones, when the oldest was accepted, and those aside.</summary>
    public const string Columns = "tenant, domain, 1, CASE WHEN due > $1 AND waiting <> 2 THEN 1 ELSE 0 END, accepted_at, CASE WHEN waiting = 2 THEN 1 ELSE 0 END";

    /// <summary>The same for each tenant and domain, with <c>GROUP BY tenant, domain</c>.</summary>
    public const string Grouped = "tenant, domain, count(*), sum(CASE WHEN due > $1 AND waiting <> 2 THEN 1 ELSE 0 END), min(accepted_at), sum(CASE WHEN waiting = 2 THEN 1 ELSE 0 END)";

    private readonly Sum _whole = new();
    private readonly Dictionary<string, Sum> _tenants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Sum> _domains = new(StringComparer.Ordinal);
    private List<QueueCount> _largest = [];
    private int _parts = 1;
    private int _part;

    /// <summary>A row passes by.</summary>
    public void Add(DbDataReader row)
    {
        var domain = row.GetString(1);
        var (total, deferred, accepted, aside) = (row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5));
        if (_part == 0)
        {
            _whole.Add(total, deferred, accepted, aside);
            Of(_tenants, row.GetString(0)).Add(total, deferred, accepted, aside);
        }

        if (PartOf(domain) == _part)
        {
            Of(_domains, domain).Add(total, deferred, accepted, aside);
            while (_part == 0 && _domains.Count > mostNames)
            {
                _parts *= 2;
                foreach (var other in _domains.Keys.Where(name => PartOf(name) != 0).ToList())
                {
                    _domains.Remove(other);
                }
            }
        }
    }

    /// <summary>All rows have passed by; true where they must once more.</summary>
    public bool Next()
    {
        _largest = Largest(_largest.Concat(_domains.Select(Count)));
        _domains.Clear();
        return ++_part < _parts;
    }

    public QueueCounts Result() => new(Count(new("", _whole)), Largest(_tenants.Select(Count)), _largest);

    private List<QueueCount> Largest(IEnumerable<QueueCount> counts) => [.. counts.OrderByDescending(count => count.Total).ThenBy(count => count.Name, StringComparer.Ordinal).Take(most)];

    private int PartOf(string domain) => _parts == 1 ? 0 : domain.GetHashCode(StringComparison.Ordinal) & (_parts - 1);

    private static Sum Of(Dictionary<string, Sum> sums, string name)
    {
        if (!sums.TryGetValue(name, out var sum))
        {
            sums.Add(name, sum = new());
        }

        return sum;
    }

    private static QueueCount Count(KeyValuePair<string, Sum> named) =>
        new(named.Key, named.Value.Total, named.Value.Deferred, named.Value.Oldest == long.MaxValue ? DateTimeOffset.MaxValue : StoredTime.FromStored(named.Value.Oldest)) { Suspended = named.Value.Aside };

    private sealed class Sum
    {
        public long Total { get; private set; }

        public long Deferred { get; private set; }

        public long Oldest { get; private set; } = long.MaxValue;

        public long Aside { get; private set; }

        public void Add(long total, long deferred, long oldest, long aside) =>
            (Total, Deferred, Oldest, Aside) = (Total + total, Deferred + deferred, Math.Min(Oldest, oldest), Aside + aside);
    }
}

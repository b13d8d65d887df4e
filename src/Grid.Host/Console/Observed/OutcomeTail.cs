using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Queue;

namespace Grid.Host.Console.Observed;

/// <summary>
/// What the outcome log says of the last hour: by second, by IP and site, and the latest refusals. In: the log, read from behind while
/// somebody looks, so that sending pays nothing for it when nobody does. Out: counts. After a pause it starts at most 50,000 records back,
/// and says since when it has counted. Bounded: 3,600 seconds, 5,000 lanes a minute (others count under no name), 100 refusals.
/// It is this process' log: of several silos each shows its own.
/// </summary>
internal sealed class OutcomeTail
{
    /// <summary>Minutes that are kept.</summary>
    public const int Minutes = 60;

    private const int MostBehind = 50_000;
    private const int Page = 5000;
    private const int MostLanes = 5000;
    private const int MostRefusals = 100;
    private static readonly Lane Others = new("", "others");

    private readonly IOutcomeLog _log;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, OutcomeCounts> _seconds = [];
    private readonly SortedDictionary<long, Dictionary<Lane, OutcomeCounts>> _minutes = [];
    private readonly LinkedList<OutcomeRecord> _refusals = [];
    private readonly Kept<object> _reading;
    private long _next = -1;

    public OutcomeTail(IOutcomeLog log, TimeProvider clock)
    {
        (_log, _clock) = (log, clock);
        _reading = new(ReadAsync, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(150), clock);
    }

    /// <summary>Since when it has counted without a gap.</summary>
    public DateTimeOffset Since { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Reads on; returns when it has caught up, or after a moment.</summary>
    public async ValueTask CatchUpAsync() => await _reading.GetAsync();

    /// <summary>Counts of each of the last seconds, oldest first; the last is the second before this one, which is not over.</summary>
    public IReadOnlyList<OutcomeCounts> Seconds(int count)
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            return [.. Enumerable.Range(0, count).Select(i => _seconds.GetValueOrDefault(now - count + i))];
        }
    }

    /// <summary>Everything in the last hour.</summary>
    public OutcomeCounts Total() => Lanes().Values.Aggregate(default(OutcomeCounts), static (sum, counts) => sum + counts);

    /// <summary>The last hour by IP and site.</summary>
    public IReadOnlyDictionary<Lane, OutcomeCounts> Lanes()
    {
        var first = Minute(_clock.GetUtcNow()) - Minutes;
        var lanes = new Dictionary<Lane, OutcomeCounts>();
        lock (_gate)
        {
            foreach (var (lane, counts) in _minutes.Where(minute => minute.Key > first).SelectMany(minute => minute.Value))
            {
                lanes[lane] = lanes.GetValueOrDefault(lane) + counts;
            }
        }

        return lanes;
    }

    /// <summary>The last hour by site, those with most attempts first.</summary>
    public List<(string Site, OutcomeCounts Counts)> Sites(int most) =>
        [.. Lanes().Where(lane => lane.Key.Site.Length > 0).GroupBy(lane => lane.Key.Site).Select(site => (site.Key, site.Aggregate(default(OutcomeCounts), static (sum, lane) => sum + lane.Value)))
            .OrderByDescending(site => site.Item2.Attempts).ThenBy(site => site.Key, StringComparer.Ordinal).Take(most)];

    /// <summary>The latest refusals and deferrals, newest first.</summary>
    public IReadOnlyList<OutcomeRecord> Refusals()
    {
        lock (_gate)
        {
            return [.. _refusals];
        }
    }

    private async Task<object> ReadAsync()
    {
        var last = _log.LastPosition;
        if (_next < 0 || last - _next > MostBehind)
        {
            Begin(Math.Max(0, last - MostBehind));
        }

        while (_next < last)
        {
            var page = await _log.ReadAsync(_next, Page);
            if (page.Count == 0)
            {
                break;
            }

            lock (_gate)
            {
                foreach (var record in page)
                {
                    Count(record);
                }

                Forget();
            }

            _next = page[^1].Position;
        }

        return this;
    }

    private void Begin(long position)
    {
        lock (_gate)
        {
            _next = position;
            _seconds.Clear();
            _minutes.Clear();
            _refusals.Clear();
            Since = DateTimeOffset.MaxValue;
        }
    }

    private void Count(OutcomeRecord record)
    {
        Since = record.At < Since ? record.At : Since;
        var counts = OutcomeCounts.Of(record.Kind);
        var second = record.At.ToUnixTimeSeconds();
        _seconds[second] = _seconds.GetValueOrDefault(second) + counts;
        if (!_minutes.TryGetValue(Minute(record.At), out var minute))
        {
            _minutes[Minute(record.At)] = minute = [];
        }

        var lane = new Lane(record.Ip, record.Site);
        lane = minute.ContainsKey(lane) || minute.Count < MostLanes ? lane : Others;
        minute[lane] = minute.GetValueOrDefault(lane) + counts;
        if (record.Kind is OutcomeKind.Deferred or OutcomeKind.Bounced)
        {
            _refusals.AddFirst(record);
            if (_refusals.Count > MostRefusals)
            {
                _refusals.RemoveLast();
            }
        }
    }

    private void Forget()
    {
        var now = _clock.GetUtcNow();
        while (_seconds.Count > 0 && _seconds.First().Key is var second && (second < now.ToUnixTimeSeconds() - (Minutes * 60) || _seconds.Count > Minutes * 60))
        {
            _seconds.Remove(second);
        }

        while (_minutes.Count > 0 && _minutes.First().Key is var minute && (minute < Minute(now) - Minutes || _minutes.Count > Minutes + 1))
        {
            _minutes.Remove(minute);
        }
    }

    private static long Minute(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;
}

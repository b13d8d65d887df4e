using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Console.Observed;
using Grid.Testing;

namespace Grid.Console.Tests.Observed;

public sealed class OutcomeTailTests
{
    private readonly ManualClock _clock = new();
    private readonly MemoryLog _log = new();
    private readonly OutcomeTail _tail;

    public OutcomeTailTests() => _tail = new(_log, _clock);

    [Fact]
    public async Task CatchUp_counts_each_record_once_by_second_lane_and_site()
    {
        Add(OutcomeKind.Delivered, "192.0.2.1", "a", 3);
        Add(OutcomeKind.Deferred, "192.0.2.2", "a", 1);
        Add(OutcomeKind.Bounced, "192.0.2.1", "b", 2);
        Add(OutcomeKind.Complained, "192.0.2.1", "b", 1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _tail.CatchUpAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _tail.CatchUpAsync();

        Assert.Equal(new OutcomeCounts(3, 1, 2, 1), _tail.Total());
        Assert.Equal([("a", new OutcomeCounts(3, 1, 0, 0)), ("b", new OutcomeCounts(0, 0, 2, 1))], _tail.Sites(10));
        Assert.Equal(new OutcomeCounts(3, 0, 0, 0), _tail.Lanes()[new("192.0.2.1", "a")]);
        Assert.Equal([default, new OutcomeCounts(3, 1, 2, 1), default], _tail.Seconds(3));
        Assert.Equal([OutcomeKind.Bounced, OutcomeKind.Bounced, OutcomeKind.Deferred], _tail.Refusals().Select(refusal => refusal.Kind));
    }

    [Fact]
    public async Task Lanes_of_more_than_an_hour_ago_are_left_out()
    {
        Add(OutcomeKind.Delivered, "192.0.2.1", "a", 5);
        await _tail.CatchUpAsync();

        _clock.Advance(TimeSpan.FromMinutes(OutcomeTail.Minutes) - TimeSpan.FromTicks(1));
        Assert.Equal(5, _tail.Total().Delivered);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(0, _tail.Total().Delivered);
    }

    [Fact]
    public async Task CatchUp_far_behind_begins_anew_and_says_since_when()
    {
        Add(OutcomeKind.Delivered, "192.0.2.1", "old", 1);
        await _tail.CatchUpAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        Add(OutcomeKind.Delivered, "192.0.2.1", "new", 50_001);
        await _tail.CatchUpAsync();

        Assert.Equal([("new", new OutcomeCounts(50_000, 0, 0, 0))], _tail.Sites(10));
        Assert.Equal(_clock.GetUtcNow(), _tail.Since);
    }

    [Fact]
    public async Task Refusals_keep_the_latest_hundred()
    {
        Add(OutcomeKind.Deferred, "192.0.2.1", "old", 1);
        Add(OutcomeKind.Deferred, "192.0.2.1", "new", 100);
        await _tail.CatchUpAsync();

        Assert.Equal(100, _tail.Refusals().Count);
        Assert.All(_tail.Refusals(), refusal => Assert.Equal("new", refusal.Site));
    }

    [Fact]
    public void Every_kind_of_outcome_is_counted() => Assert.All(Enum.GetValues<OutcomeKind>(), kind => Assert.Equal(1, OutcomeCounts.Of(kind).Total));

    private void Add(OutcomeKind kind, string ip, string site, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _log.Records.Add(new()
            {
                Position = _log.Records.Count + 1,
                At = _clock.GetUtcNow(),
                Kind = kind,
                Key = new(new MessageId(1), i),
                Tenant = "acme",
                Address = "a@r.example",
                Domain = "r.example",
                Ip = ip,
                Site = site,
            });
        }
    }

    private sealed class MemoryLog : IOutcomeLog
    {
        public List<OutcomeRecord> Records { get; } = [];

        public long LastPosition => Records.Count;

        public ValueTask<IReadOnlyList<OutcomeRecord>> ReadAsync(long after, int limit, CancellationToken cancellationToken = default) =>
            new([.. Records.Skip((int)after).Take(limit)]);

        public void OnCommitted(Action<IReadOnlyList<OutcomeRecord>> consumer) => throw new NotSupportedException();

        public ValueTask<(IReadOnlyList<OutcomeRecord> Records, long Next)> ReadTenantAsync(string tenant, long after, int limit, int scanLimit, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<long> ReadCheckpointAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask WriteCheckpointAsync(long position, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

using Grid.Contracts.Admission;
using Grid.Core.Admission;
using Grid.Core.Vocabulary;
using Grid.Grains.Admission;
using Grid.Grains.Tests.Beds;
using Grid.Testing;

namespace Grid.Grains.Tests.Admission;

public sealed class PermitDeskTests
{
    private static readonly Subject Subject = Subject.Domain("example.com");
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Grant_and_use_by_several_holders_never_exceeds_the_rate()
    {
        // Rates whose permits may be used for 25 ms or more after their grant; below that, the desk's shortest use is longer than the limiter's own.
        string[] rates = ["100/s", "50/s;burst=10", "600/min;burst=60", "10/s", "4/min;burst=3", "1000/s;burst=100"];
        for (var seed = 0; seed < 60; seed++)
        {
            Assert.True(Rate.TryParse(rates[seed % rates.Length], out var rate, out _));
            var uses = await RunAsync(rate, new Random(seed));
            AssertWithin(rate, uses, seed);
            Assert.NotEmpty(uses);
        }
    }

    [Fact]
    public void Submit_by_several_holders_never_exceeds_the_quotas()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var clock = new ManualClock();
            var desk = new PermitDesk(clock);
            desk.Quota([(100, TimeSpan.FromHours(1)), (250, TimeSpan.FromDays(1))], new Dictionary<int, QuotaSnapshot>());
            Holder[] holders = [new(), new(), new()];
            var held = new (int Count, DateTimeOffset Until)[3];
            var uses = new List<DateTimeOffset>();
            for (var step = 0; step < 400; step++)
            {
                clock.Advance(TimeSpan.FromSeconds(random.Next(1, 600)));
                var i = random.Next(3);
                var unused = held[i].Count > 0 && random.Next(2) == 0 ? random.Next(held[i].Count + 1) : 0;
                var grant = desk.Grant(holders[i], PermitKind.Submit, random.Next(1, 64), unused, "", 0, 0);
                for (var used = random.Next(grant.Count + 1); used > 0; used--)
                {
                    uses.Add(clock.GetUtcNow());
                    grant = grant with { Count = grant.Count - 1 };
                }

                held[i] = (grant.Count, clock.GetUtcNow());
            }

            AssertAtMost(100, TimeSpan.FromHours(1), uses);
            AssertAtMost(250, TimeSpan.FromDays(1), uses);
        }
    }

    [Fact]
    public void Submit_hour_and_day_hold_together_and_the_later_one_says_when()
    {
        var desk = new PermitDesk(_clock);
        desk.Quota([(10, TimeSpan.FromHours(1)), (15, TimeSpan.FromDays(1))], new Dictionary<int, QuotaSnapshot>());
        Assert.Equal(10, Submit(desk, 64).Count);
        Assert.Equal((0, TimeSpan.FromMinutes(61)), (Submit(desk, 64).Count, Submit(desk, 64).RetryAfter));
        _clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(5, Submit(desk, 64).Count);

        // The hour has 5 left, the day none: a day and a slot of 24 minutes since the beginning.
        var refused = Submit(desk, 64);
        Assert.Equal((0, TimeSpan.FromMinutes((24 * 60) + 24 - 61)), (refused.Count, refused.RetryAfter));
        Assert.Equal(10, desk.Snapshots()[3600].Counts.Sum() + 5);
    }

    [Fact]
    public void Submit_hour_and_day_both_spent_says_the_later()
    {
        var desk = new PermitDesk(_clock);
        desk.Quota([(10, TimeSpan.FromHours(1)), (10, TimeSpan.FromDays(1))], new Dictionary<int, QuotaSnapshot>());
        Assert.Equal(10, Submit(desk, 10).Count);
        Assert.Equal(TimeSpan.FromMinutes((24 * 60) + 24), Submit(desk, 1).RetryAfter);
    }

    [Fact]
    public void Submit_unused_is_there_again()
    {
        var desk = new PermitDesk(_clock);
        desk.Quota([(10, TimeSpan.FromHours(1)), (20, TimeSpan.FromDays(1))], new Dictionary<int, QuotaSnapshot>());
        Assert.Equal(10, Submit(desk, 64).Count);
        Assert.Equal(4, desk.Grant(new Holder(), PermitKind.Submit, 64, 4, "", 0, 0).Count);
    }

    [Fact]
    public void Quota_changed_keeps_what_was_used()
    {
        var desk = new PermitDesk(_clock);
        desk.Quota([(10, TimeSpan.FromHours(1))], new Dictionary<int, QuotaSnapshot>());
        Assert.Equal(8, Submit(desk, 8).Count);
        desk.Quota([(9, TimeSpan.FromHours(1)), (100, TimeSpan.FromDays(1))], new Dictionary<int, QuotaSnapshot>());
        Assert.Equal(1, Submit(desk, 8).Count);
    }

    [Fact]
    public void Quota_restored_keeps_what_was_used()
    {
        var before = new PermitDesk(_clock);
        before.Quota([(10, TimeSpan.FromHours(1))], new Dictionary<int, QuotaSnapshot>());
        Submit(before, 8);
        var after = new PermitDesk(_clock);
        after.Quota([(10, TimeSpan.FromHours(1))], before.Snapshots());
        Assert.Equal(2, Submit(after, 8).Count);
    }

    [Theory]
    [InlineData("6/min", true)]
    [InlineData("7/min", false)]
    [InlineData("1/h", true)]
    [InlineData("100/s", false)]
    public void MustSave_at_intervals_of_ten_seconds_and_more(string text, bool slow)
    {
        var desk = new PermitDesk(_clock);
        Assert.False(desk.MustSave(PermitKind.Send));
        Assert.True(Rate.TryParse(text, out var rate, out _));
        desk.Limit(rate, null);
        Assert.Equal(slow, desk.MustSave(PermitKind.Send));
        Assert.False(desk.MustSave(PermitKind.Submit));
    }

    [Fact]
    public void Limit_slow_rate_goes_on_where_it_was_saved()
    {
        Assert.True(Rate.TryParse("1/h", out var rate, out _));
        var before = new PermitDesk(_clock);
        before.Limit(rate, null);
        Assert.Equal(1, Send(before, 5).Count);
        var after = new PermitDesk(_clock);
        after.Limit(rate, before.PermitsFrom);
        var refused = Send(after, 5);
        Assert.Equal(0, refused.Count);
        _clock.Advance(refused.RetryAfter);
        Assert.Equal(1, Send(after, 5).Count);
    }

    [Fact]
    public void Limit_fast_rate_begins_with_an_empty_bucket()
    {
        Assert.True(Rate.TryParse("10/s;burst=10", out var rate, out _));
        var desk = new PermitDesk(_clock);
        desk.Limit(rate, null);
        Assert.Equal(0, Send(desk, 5).Count);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(5, Send(desk, 5).Count);
    }

    [Fact]
    public async Task RevokeAsync_holder_that_hangs_or_fails_is_left_behind()
    {
        var desk = new PermitDesk(_clock);
        Holder well = new(), hangs = new() { OnChanged = () => new TaskCompletionSource().Task }, gone = new() { OnChanged = () => Task.FromException(new SiloUnavailableException("gone")) };
        foreach (var holder in (Holder[])[hangs, gone, well])
        {
            desk.Grant(holder, PermitKind.Send, 1, 0, "", 0, 0);
        }

        var revoked = desk.RevokeAsync(Subject, ended: false).AsTask();
        Assert.False(revoked.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await revoked;
        var again = desk.RevokeAsync(Subject, ended: true).AsTask();
        await again;
        Assert.Equal([1, 1, 2], [hangs.Changes.Count, gone.Changes.Count, well.Changes.Count]);
        Assert.Equal(well.Changes[0].Epoch + 1, well.Changes[1].Epoch);
        Assert.True(well.Changes[1].Ended);
    }

    [Fact]
    public void Grant_connections_are_shared_between_holders()
    {
        var desk = new PermitDesk(_clock);
        var (one, other) = (new Holder(), new Holder());
        Assert.Equal(5, desk.Grant(one, PermitKind.Send, 1, 0, "", 5, 0).MaxConnections);
        Assert.Equal(2, desk.Grant(other, PermitKind.Send, 1, 0, "", 5, 0).MaxConnections);
        Assert.Equal(2, desk.Grant(one, PermitKind.Send, 1, 0, "", 5, 0).MaxConnections);
        _clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(5, desk.Grant(one, PermitKind.Send, 1, 0, "", 5, 0).MaxConnections);
    }

    private static PermitGrant Submit(PermitDesk desk, int wanted) => desk.Grant(new Holder(), PermitKind.Submit, wanted, 0, "", 0, 0);

    private static PermitGrant Send(PermitDesk desk, int wanted) => desk.Grant(new Holder(), PermitKind.Send, wanted, 0, "", 0, 0);

    /// <summary>Three holders with blocks, that ask, use late, give back and are revoked at random.</summary>
    private static async Task<List<DateTimeOffset>> RunAsync(Rate rate, Random random)
    {
        var clock = new ManualClock();
        var desk = new PermitDesk(clock);
        desk.Limit(rate, null);
        Holder[] holders = [new(), new(), new()];
        var blocks = new PermitBlock[3];
        var asking = new bool[3];
        for (var i = 0; i < 3; i++)
        {
            var at = i;
            blocks[i] = new(PermitKind.Send, Subject, _ => asking[at] = true);
        }

        var uses = new List<DateTimeOffset>();
        var open = new List<PermitBlock>();
        for (var step = 0; step < 1500; step++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(random.Next(0, 40)));
            var i = random.Next(3);
            switch (random.Next(20))
            {
                case 0:
                    await desk.RevokeAsync(Subject, ended: false);
                    foreach (var (block, holder) in blocks.Zip(holders))
                    {
                        holder.Changes.ForEach(c => block.Revoke(c.Epoch));
                        holder.Changes.Clear();
                    }

                    break;
                case < 6 when asking[i]:
                    asking[i] = false;
                    var askedAt = clock.GetTimestamp();
                    var (wanted, unused) = blocks[i].StartAsking(0);
                    var grant = desk.Grant(holders[i], PermitKind.Send, wanted, unused, "", 0, 0);
                    clock.Advance(TimeSpan.FromMilliseconds(random.Next(0, 20)));
                    blocks[i].Receive(grant, askedAt, clock.TimestampFrequency);
                    if (grant.Count == 0)
                    {
                        blocks[i].Reopen(asked: false);
                    }

                    break;
                case < 18:
                    if (blocks[i].TryUse(clock.GetTimestamp()))
                    {
                        switch (random.Next(8))
                        {
                            case 0:
                                open.Add(blocks[i]);
                                break;
                            case 1:
                                blocks[i].Untake(clock.GetTimestamp());
                                break;
                            default:
                                uses.Add(clock.GetUtcNow());
                                break;
                        }
                    }

                    break;
                default:
                    open.ForEach(block => block.GiveBack(clock.GetTimestamp()));
                    open.Clear();
                    break;
            }
        }

        return uses;
    }

    /// <summary>In any window closed at both ends, no more than rate × length + burst.</summary>
    private static void AssertWithin(Rate rate, List<DateTimeOffset> uses, int seed)
    {
        for (var from = 0; from < uses.Count; from++)
        {
            for (var to = from; to < uses.Count; to++)
            {
                var most = (rate.PerSecond * (uses[to] - uses[from]).TotalSeconds) + rate.Burst;
                Assert.True(to - from + 1 <= most + 1e-6, $"seed {seed}: {to - from + 1} uses of {rate} in {uses[to] - uses[from]}, at most {most}");
            }
        }
    }

    private static void AssertAtMost(int most, TimeSpan window, List<DateTimeOffset> uses)
    {
        for (var from = 0; from + most < uses.Count; from++)
        {
            Assert.True(uses[from + most] - uses[from] > window, $"{most + 1} within {uses[from + most] - uses[from]}");
        }
    }
}

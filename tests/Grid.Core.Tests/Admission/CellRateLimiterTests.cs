using Grid.Core.Admission;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Admission;

public sealed class CellRateLimiterTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Rate TenPerSecond = new(10, TimeSpan.FromSeconds(1), 10);

    [Fact]
    public void UseWithin_burst_of_a_second_is_a_quarter_second() =>
        Assert.Equal(TimeSpan.FromMilliseconds(250), new CellRateLimiter(TenPerSecond, Start, spent: false).UseWithin);

    [Fact]
    public void UseWithin_burst_of_one_is_below_a_hundredth_of_the_interval()
    {
        var limiter = new CellRateLimiter(new(100, TimeSpan.FromMinutes(1), 1), Start, spent: false);

        Assert.InRange(limiter.UseWithin, TimeSpan.FromMilliseconds(4), TimeSpan.FromMilliseconds(6));
    }

    [Fact]
    public void Take_full_bucket_grants_the_inner_burst_and_says_when_the_next_comes()
    {
        var limiter = new CellRateLimiter(TenPerSecond, Start, spent: false);

        Assert.Equal(new CellGrant(7, TimeSpan.Zero), limiter.Take(100, Start));
        Assert.Equal(new CellGrant(0, TimeSpan.FromMilliseconds(50)), limiter.Take(1, Start));
        Assert.Equal(0, limiter.Take(1, Start.AddMilliseconds(50).AddTicks(-1)).Count);
        Assert.Equal(1, limiter.Take(1, Start.AddMilliseconds(50)).Count);
    }

    [Fact]
    public void Take_spent_start_waits_for_the_first_permit()
    {
        var limiter = new CellRateLimiter(TenPerSecond, Start, spent: true);

        Assert.Equal(new CellGrant(0, TimeSpan.FromMilliseconds(100)), limiter.Take(1, Start));
        Assert.Equal(1, limiter.Take(9, Start.AddMilliseconds(100)).Count);
    }

    [Fact]
    public void Take_nothing_wanted_takes_nothing()
    {
        var limiter = new CellRateLimiter(TenPerSecond, Start, spent: false);

        Assert.Equal(new CellGrant(0, TimeSpan.Zero), limiter.Take(0, Start));
        Assert.Equal(7, limiter.Take(100, Start).Count);
    }

    [Fact]
    public void Take_clock_set_back_costs_one_burst_at_most()
    {
        var limiter = new CellRateLimiter(TenPerSecond, Start, spent: false);
        limiter.Take(7, Start);
        var earlier = Start.AddHours(-1);

        Assert.Equal(TimeSpan.FromMilliseconds(100), limiter.Take(1, earlier).RetryAfter);
        Assert.Equal(1, limiter.Take(1, earlier.AddMilliseconds(100)).Count);
    }

    [Fact]
    public void Return_at_once_restores_the_bucket()
    {
        var limiter = new CellRateLimiter(TenPerSecond, Start, spent: false);
        limiter.Take(7, Start);

        limiter.Return(4);

        Assert.Equal(4, limiter.Take(100, Start).Count);
    }

    [Fact]
    public void Return_after_the_bucket_drained_credits_nothing_twice()
    {
        var limiter = new CellRateLimiter(TenPerSecond, Start, spent: false);
        limiter.Take(7, Start);
        var later = Start.AddMilliseconds(650);
        Assert.Equal(7, limiter.Take(100, later).Count);

        limiter.Return(7);

        Assert.Equal(0, limiter.Take(100, later).Count);
    }

    [Fact]
    public void Return_more_than_taken_only_fills_the_bucket()
    {
        var limiter = new CellRateLimiter(TenPerSecond, Start, spent: false);
        limiter.Take(3, Start);

        limiter.Return(1000);

        Assert.Equal(7, limiter.Take(100, Start).Count);
    }

    [Fact]
    public void Change_to_a_smaller_burst_starts_empty_at_worst()
    {
        var limiter = new CellRateLimiter(new(1000, TimeSpan.FromSeconds(1), 1000), Start, spent: false);
        limiter.Take(750, Start);

        limiter.Change(TenPerSecond, Start);

        Assert.Equal(TimeSpan.FromMilliseconds(100), limiter.Take(1, Start).RetryAfter);
    }

    [Fact]
    public void Change_to_a_larger_rate_keeps_what_was_taken()
    {
        var limiter = new CellRateLimiter(TenPerSecond, Start, spent: false);
        limiter.Take(7, Start);

        limiter.Change(new(100, TimeSpan.FromSeconds(1), 100), Start);

        Assert.Equal(68, limiter.Take(100, Start).Count);
    }

    [Fact]
    public void TheoreticalArrival_restored_never_frees_more_than_was_saved()
    {
        var rate = new Rate(7, TimeSpan.FromSeconds(1), 7);
        var first = new CellRateLimiter(rate, Start, spent: false);
        first.Take(3, Start);

        var second = new CellRateLimiter(rate, Start, spent: false) { TheoreticalArrival = first.TheoreticalArrival };

        Assert.Equal(first.Take(100, Start), second.Take(100, Start));
    }

    [Theory]
    [InlineData(3000, 1, 3000)]
    [InlineData(600, 60, 10)]
    [InlineData(100, 60, 1)]
    [InlineData(7, 1, 2)]
    [InlineData(29_989, 1, 29_989)]
    public void Take_constant_demand_reaches_the_rate_within_one_percent(int count, int perSeconds, int burst)
    {
        var rate = new Rate(count, TimeSpan.FromSeconds(perSeconds), burst);
        var limiter = new CellRateLimiter(rate, Start, spent: true);
        var now = Start;
        long taken = 0;
        var end = Start + (rate.Per * 20);
        while (now < end)
        {
            var grant = limiter.Take(Math.Max(1, burst / 4), now);
            taken += grant.Count;
            now += grant.Count > 0 ? TimeSpan.FromTicks(1) : grant.RetryAfter;
        }

        Assert.InRange(taken, (long)(20L * count * 0.99) - 1, 20L * count);
    }
}

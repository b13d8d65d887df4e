using FsCheck.Fluent;
using Grid.Core.Admission;

namespace Grid.Core.Tests.Admission;

public sealed class RollingQuotaTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static RollingQuota Hourly(int limit) => new(limit, TimeSpan.FromHours(1), 60);

    [Fact]
    public void Take_limit_reached_grants_nothing_and_says_until_when()
    {
        var quota = Hourly(10);

        Assert.Equal(10, quota.Take(25, Start).Count);
        Assert.Equal(new CellGrant(0, TimeSpan.FromMinutes(61)), quota.Take(1, Start));
    }

    [Fact]
    public void Take_oldest_slot_expires_exactly_one_slot_after_the_window()
    {
        var quota = Hourly(10);
        quota.Take(10, Start.AddSeconds(59));

        Assert.Equal(0, quota.Take(1, Start.AddMinutes(61).AddTicks(-1)).Count);
        Assert.Equal(10, quota.Take(99, Start.AddMinutes(61)).Count);
    }

    [Fact]
    public void Take_retry_after_names_the_slot_that_frees_one()
    {
        var quota = Hourly(10);
        quota.Take(4, Start);
        quota.Take(6, Start.AddMinutes(5));
        quota.Limit = 5;

        Assert.Equal(TimeSpan.FromMinutes(56), quota.Take(1, Start.AddMinutes(10)).RetryAfter);
    }

    [Fact]
    public void Return_takes_from_the_oldest_slots()
    {
        var quota = Hourly(10);
        quota.Take(5, Start);
        quota.Take(5, Start.AddMinutes(30));

        quota.Return(5, Start.AddMinutes(31));

        Assert.Equal(5, quota.Used(Start.AddMinutes(70)));
    }

    [Fact]
    public void Take_clock_set_back_keeps_what_counts()
    {
        var quota = Hourly(10);
        quota.Take(10, Start);

        Assert.Equal(0, quota.Take(1, Start.AddDays(-1)).Count);
        Assert.Equal(10, quota.Take(10, Start.AddDays(-1).AddMinutes(61)).Count);
    }

    [Fact]
    public void Restore_of_a_snapshot_goes_on_where_it_was()
    {
        var quota = Hourly(10);
        quota.Take(3, Start);
        quota.Take(4, Start.AddMinutes(7));

        var second = Hourly(10);
        second.Restore(quota.Snapshot());

        Assert.Equal(7, second.Used(Start.AddMinutes(60)));
        Assert.Equal(4, second.Used(Start.AddMinutes(61)));
    }

    [Fact]
    public void Restore_of_another_shape_is_refused() =>
        Assert.Throws<ArgumentException>(() => Hourly(10).Restore(new(Start, [1, 2, 3])));

    [Fact]
    public void Take_any_history_never_exceeds_the_limit_in_any_window() =>
        Properties.Hold(
            from limit in Gen.Choose(0, 50)
            from slots in Gen.Choose(1, 12)
            from steps in (from seconds in Gen.Choose(0, 900) from wanted in Gen.Choose(0, 30) from back in Gen.Elements(0, 0, 0, 7) select (seconds, wanted, back)).ListOf(80)
            select (limit, slots, steps),
            c =>
            {
                var quota = new RollingQuota(c.limit, TimeSpan.FromHours(1), c.slots);
                var now = Start;
                var used = new List<DateTimeOffset>();
                foreach (var (seconds, wanted, back) in c.steps)
                {
                    now = now.AddSeconds(seconds);
                    var granted = quota.Take(wanted, now).Count;
                    var unused = Math.Min(back, granted);
                    quota.Return(unused, now);
                    used.AddRange(Enumerable.Repeat(now, granted - unused));
                }

                return used.All(first => used.Count(at => at >= first && at - first <= TimeSpan.FromHours(1)) <= c.limit);
            });
}

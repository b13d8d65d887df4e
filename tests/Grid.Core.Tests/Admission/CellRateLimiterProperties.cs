using FsCheck;
using FsCheck.Fluent;
using Grid.Core.Admission;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Admission;

/// <summary>The limiter's promise, over generated rates and histories of takes, late uses and late returns.</summary>
public sealed class CellRateLimiterProperties
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private sealed record Step(int Percent, int Wanted, int UnusedPercent, int ReturnedAfter, bool UsedLate);

    private static readonly Gen<Rate> Rates =
        from count in Gen.Choose(1, 5000)
        from seconds in Gen.Elements(1, 60, 3600)
        from burst in Gen.OneOf(Gen.Choose(1, 3), Gen.Choose(1, 200))
        select new Rate(count, TimeSpan.FromSeconds(seconds), burst);

    private static readonly Gen<Step> Steps =
        from percent in Gen.OneOf(Gen.Choose(0, 120), Gen.Choose(0, 2000))
        from wanted in Gen.Choose(0, 60)
        from unused in Gen.Elements(0, 0, 50, 100)
        from after in Gen.Choose(0, 4)
        from late in Gen.Elements(true, false)
        select new Step(percent, wanted, unused, after, late);

    [Fact]
    public void Take_any_history_never_exceeds_the_rate_in_any_window() =>
        Properties.Hold(from rate in Rates from steps in Steps.ListOf(60) select (rate, steps), c => WithinBound(c.rate, Uses(c.rate, c.steps)), 500);

    [Fact]
    public void WithinBound_one_use_too_many_is_noticed()
    {
        var rate = new Rate(10, TimeSpan.FromSeconds(1), 2);

        Assert.True(WithinBound(rate, [0, 0, 1_000_000]));
        Assert.False(WithinBound(rate, [0, 0, 999_999]));
    }

    // When each permit is used, in ticks, in order: at its grant or at the latest permitted moment.
    private static List<long> Uses(Rate rate, IEnumerable<Step> steps)
    {
        var limiter = new CellRateLimiter(rate, Start, spent: false);
        var uses = new List<long>();
        var returns = new List<(int AtStep, int Count)>();
        var now = Start;
        var number = 0;
        foreach (var step in steps)
        {
            now += rate.Interval * (step.Percent / 100.0);
            foreach (var due in returns.Where(r => r.AtStep <= number))
            {
                limiter.Return(due.Count);
            }

            returns.RemoveAll(r => r.AtStep <= number);
            var granted = limiter.Take(step.Wanted, now).Count;
            var unused = granted * step.UnusedPercent / 100;
            returns.Add((number + step.ReturnedAfter, unused));
            uses.AddRange(Enumerable.Repeat((step.UsedLate ? now + limiter.UseWithin : now).UtcTicks, granted - unused));
            number++;
        }

        uses.Sort();
        return uses;
    }

    // n uses from a to b: n ≤ rate × (b − a) + burst, in whole numbers.
    private static bool WithinBound(Rate rate, List<long> uses)
    {
        var lowest = Int128.MaxValue;
        for (var i = 0; i < uses.Count; i++)
        {
            var level = ((Int128)i * rate.Per.Ticks) - ((Int128)uses[i] * rate.Count);
            lowest = Int128.Min(lowest, level);
            if (level - lowest + rate.Per.Ticks > (Int128)rate.Burst * rate.Per.Ticks)
            {
                return false;
            }
        }

        return true;
    }
}

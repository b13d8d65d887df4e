using System.Text.Json;
using FsCheck.Fluent;
using Grid.Core.Counters;

namespace Grid.Core.Tests.Counters;

public sealed class RollingCountersTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CounterTotals One = new(1, 0, 0, 0, 0, 0, 1);

    private static RollingCounters Counters() => new(WindowSpec.Default);

    [Fact]
    public void Totals_event_counts_for_the_whole_window_and_leaves_with_its_slot()
    {
        var counters = Counters();
        counters.Add(Start.AddSeconds(59), One, Start.AddSeconds(59));

        Assert.Equal(1, counters.Totals("1h", Start.AddSeconds(59).AddHours(1)).Delivered);
        Assert.Equal(1, counters.Totals("1h", Start.AddMinutes(61).AddTicks(-1)).Delivered);
        Assert.Equal(0, counters.Totals("1h", Start.AddMinutes(61)).Delivered);
        Assert.Equal(1, counters.Totals("24h", Start.AddMinutes(61)).Delivered);
    }

    [Fact]
    public void Bounds_say_exactly_what_is_covered()
    {
        var counters = Counters();
        var now = Start.AddDays(30).AddMinutes(20);

        Assert.Equal((Start.AddDays(23), now), counters.Bounds("7d", now));
        counters.Restart(now.AddMinutes(-5));
        Assert.Equal((now.AddMinutes(-5), now), counters.Bounds("7d", now));
    }

    [Fact]
    public void Add_taken_back_leaves_the_slot_where_it_was_counted()
    {
        var counters = Counters();
        counters.Add(Start, One, Start);
        var later = Start.AddHours(3);
        counters.Add(Start, -One, later);
        counters.Add(later, new(0, 0, 1, 0, 0, 0, 0), later);

        Assert.Equal(new(0, 0, 1, 0, 0, 0, 0), counters.Totals("24h", later));
        Assert.Equal(new(0, 0, 1, 0, 0, 0, 0), counters.Totals("1h", later));
    }

    [Fact]
    public void Add_before_the_window_changes_only_windows_that_reach_there()
    {
        var counters = Counters();
        counters.Add(Start, One, Start.AddHours(2));

        Assert.Equal(0, counters.Totals("1h", Start.AddHours(2)).Delivered);
        Assert.Equal(1, counters.Totals("24h", Start.AddHours(2)).Delivered);
    }

    [Fact]
    public void Restart_forgets_what_was_and_ignores_what_belongs_to_it()
    {
        var counters = Counters();
        counters.Add(Start, One, Start);
        var restart = Start.AddSeconds(30);
        counters.Restart(restart);

        counters.Add(Start, -One, restart);
        counters.Add(restart.AddTicks(-1), One, restart);
        Assert.True(counters.Totals("7d", restart).IsZero);

        counters.Add(restart, One, restart);
        Assert.Equal(1, counters.Totals("7d", restart).Delivered);
    }

    [Fact]
    public void Add_from_the_future_counts_as_now()
    {
        var counters = Counters();
        counters.Add(Start.AddDays(3), One, Start);

        Assert.Equal(1, counters.Totals("1h", Start).Delivered);
        Assert.Equal(0, counters.Totals("1h", Start.AddDays(3)).Delivered);
    }

    [Fact]
    public void TotalsSince_uses_whole_slots_of_the_finest_window_that_reaches()
    {
        var counters = Counters();
        counters.Add(Start, One, Start);
        counters.Add(Start.AddMinutes(2), One, Start.AddMinutes(2));

        Assert.Equal(1, counters.TotalsSince(Start.AddSeconds(1), Start.AddMinutes(30)).Delivered);
        Assert.Equal(2, counters.TotalsSince(Start, Start.AddHours(30)).Delivered);
        Assert.Equal(0, counters.TotalsSince(Start.AddMinutes(1), Start.AddHours(30)).Delivered);
    }

    [Fact]
    public void Restore_after_json_goes_on_where_it_was()
    {
        var counters = Counters();
        counters.Restart(Start);
        counters.Add(Start, One, Start);
        counters.Add(Start.AddHours(5), new(3, 1, 4, 1, 5, 9, 2, 6), Start.AddHours(5));

        var snapshot = JsonSerializer.Deserialize<CounterSnapshot>(JsonSerializer.Serialize(counters.Snapshot()))!;
        var restored = RollingCounters.Restore(WindowSpec.Default, snapshot);

        Assert.Equal(Start, restored.StartedAt);
        Assert.All(WindowSpec.Default, w => Assert.Equal(counters.Totals(w.Name, Start.AddHours(5)), restored.Totals(w.Name, Start.AddHours(5))));
        Assert.All(WindowSpec.Default, w => Assert.Equal(counters.Totals(w.Name, Start.AddHours(6)), restored.Totals(w.Name, Start.AddHours(6))));
    }

    [Fact]
    public void Restore_of_a_new_window_is_filled_from_the_furthest_reaching()
    {
        var counters = Counters();
        counters.Add(Start, One, Start);
        counters.Add(Start.AddDays(2), One, Start.AddDays(2));

        var restored = RollingCounters.Restore([new("3d", TimeSpan.FromDays(3), TimeSpan.FromHours(6))], counters.Snapshot());

        Assert.Equal(2, restored.Totals("3d", Start.AddDays(2)).Delivered);
        Assert.Equal(1, restored.Totals("3d", Start.AddDays(4)).Delivered);
    }

    [Fact]
    public void Totals_unknown_window_is_an_error() => Assert.Throws<ArgumentException>(() => Counters().Totals("1y", Start));

    [Fact]
    public void Constructor_windows_out_of_bounds_are_an_error()
    {
        Assert.Throws<ArgumentException>(() => new RollingCounters([]));
        Assert.Throws<ArgumentException>(() => new RollingCounters([WindowSpec.Default[0], WindowSpec.Default[0]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RollingCounters([new("x", TimeSpan.FromDays(7), TimeSpan.FromSeconds(1))]));
    }

    [Fact]
    public void Totals_any_history_equals_a_recount_of_its_events() =>
        Properties.Hold(
            (from minutes in Gen.Choose(0, 90) from back in Gen.Choose(0, 200) from delivered in Gen.Choose(-3, 9) select (minutes, back, delivered)).ListOf(60),
            events =>
            {
                var counters = Counters();
                var recorded = new List<(DateTimeOffset At, long Count)>();
                var now = Start;
                foreach (var (minutes, back, delivered) in events)
                {
                    now = now.AddMinutes(minutes);
                    var at = now.AddMinutes(-back);
                    counters.Add(at, new(delivered, 0, 0, 0, 0, 0, 0), now);
                    recorded.Add((at, delivered));
                    foreach (var window in WindowSpec.Default)
                    {
                        var from = counters.Bounds(window.Name, now).From;
                        if (counters.Totals(window.Name, now).Delivered != recorded.Where(e => e.At >= from).Sum(e => e.Count))
                        {
                            return false;
                        }
                    }
                }

                return true;
            });
}

using Grid.Core.Admission;

namespace Grid.Core.Tests.Admission;

public sealed class LanePaceTests
{
    private readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly MinuteCounts _sent = new();

    [Fact]
    public void In_counts_minutes_and_forgets_after_an_hour()
    {
        _sent.Add(5, At(0));
        _sent.Add(7, At(0.9));
        _sent.Add(1, At(10));
        Assert.Equal((1, 13, 13, 1, 0), (_sent.In(5, At(10)), _sent.In(10, At(10)), _sent.In(60, At(60)), _sent.In(60, At(61)), _sent.In(60, At(200))));
    }

    [Fact]
    public void TakeBack_takes_from_the_latest_minutes()
    {
        _sent.Add(5, At(0));
        _sent.Add(3, At(1));
        _sent.TakeBack(4, At(2));
        Assert.Equal((4, 0), (_sent.In(60, At(2)), _sent.In(1, At(2))));
        _sent.TakeBack(100, At(2));
        Assert.Equal(0, _sent.In(60, At(2)));
    }

    [Fact]
    public void Restore_keeps_what_is_not_older_than_an_hour()
    {
        _sent.Add(5, At(0));
        _sent.Add(3, At(30));
        var after = new MinuteCounts();
        after.Restore(_sent.Snapshot(), At(70));
        Assert.Equal(3, after.In(60, At(70)));
    }

    [Fact]
    public void Trip_of_hardly_any_mail_is_not_about_volume()
    {
        _sent.Add(LanePace.LeastVolume - 1, At(0));
        Assert.Null(LanePace.Trip(null, _sent, "", At(0)));
    }

    [Fact]
    public void Trip_after_a_flood_leaves_no_room_until_the_hour_is_over()
    {
        _sent.Add(1000, At(0));
        var pace = LanePace.Trip(null, _sent, "too fast", At(1))!;
        Assert.Equal((950, 1, "too fast"), (pace.PerHour, pace.Trips, pace.Words));
        Assert.Equal(0, pace.Room(_sent, At(59)));
        Assert.Equal(950, pace.Room(_sent, At(61)));
        Assert.Null(pace.Room(_sent, At(63)));
        Assert.Same(pace, pace.Grow(_sent, At(60)));
        Assert.Same(pace, LanePace.Trip(pace, _sent, "again", At(2)));
    }

    [Fact]
    public void Grow_needs_mail_for_the_pace_and_time_since_the_trip()
    {
        _sent.Add(100, At(0));
        var pace = LanePace.Trip(null, _sent, "", At(0))!;
        Assert.Same(pace, pace.Grow(_sent, At(100)));
        _sent.Add(15, At(100));
        Assert.Equal(190, pace.Grow(_sent, At(100)).PerHour);
    }

    [Fact]
    public void Trip_after_growth_falls_back_to_the_step_before_and_takes_smaller_ones()
    {
        _sent.Add(100, At(0));
        var pace = LanePace.Trip(null, _sent, "", At(0))! with { PerHour = 1000, HasGrown = true };
        _sent.Add(400, At(90));
        var second = LanePace.Trip(pace, _sent, "", At(90))!;
        Assert.Equal((490, 1.25, false), (second.PerHour, second.Step, second.HasGrown));
        _sent.Add(400, At(180));
        Assert.Equal((392, 1.25), (LanePace.Trip(second, _sent, "", At(180))!.PerHour, LanePace.Trip(second, _sent, "", At(180))!.Step));
        var third = LanePace.Trip(second with { HasGrown = true }, _sent, "", At(180))!;
        Assert.Equal((1.06, At(240)), (third.Step, third.GrowsAt));
        _sent.Add(400, At(270));
        Assert.Equal(At(270).AddHours(48), LanePace.Trip(third with { HasGrown = true }, _sent, "", At(270))!.GrowsAt);
    }

    private DateTimeOffset At(double minutes) => _start.AddMinutes(minutes);
}

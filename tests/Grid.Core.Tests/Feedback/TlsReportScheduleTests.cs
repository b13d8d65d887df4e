using Grid.Core.Feedback;

namespace Grid.Core.Tests.Feedback;

public sealed class TlsReportScheduleTests
{
    private static readonly DateOnly Day = new(2026, 11, 22);

    [Fact]
    public void MadeAt_domains_are_spread_over_four_hours_after_the_day()
    {
        var end = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(end, TlsReportSchedule.EndOf(Day));
        var times = Enumerable.Range(0, 1000).Select(i => TlsReportSchedule.MadeAt(Day, $"d{i}.example") - end).ToList();
        Assert.All(times, time => Assert.InRange(time, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(270)));
        for (var quarter = 0; quarter < 16; quarter++)
        {
            var from = TimeSpan.FromMinutes(30 + (15 * quarter));
            Assert.InRange(times.Count(time => time >= from && time < from + TimeSpan.FromMinutes(15)), 30, 100);
        }

        Assert.Equal(TlsReportSchedule.MadeAt(Day, "a.example"), TlsReportSchedule.MadeAt(Day, "a.example"));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(5, 80)]
    [InlineData(6, 160)]
    [InlineData(7, 240)]
    [InlineData(100, 240)]
    public void WaitAfter_doubles_up_to_four_hours(int attempts, int minutes) => Assert.Equal(TimeSpan.FromMinutes(minutes), TlsReportSchedule.WaitAfter(attempts));
}

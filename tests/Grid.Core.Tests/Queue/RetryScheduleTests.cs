using Grid.Core.Queue;

namespace Grid.Core.Tests.Queue;

public sealed class RetryScheduleTests
{
    private static readonly DateTimeOffset Accepted = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 20)]
    [InlineData(2, 40)]
    [InlineData(3, 80)]
    [InlineData(4, 160)]
    [InlineData(5, 240)]
    [InlineData(100_000, 240)]
    public void Next_doubles_up_to_the_cap(int attempts, int minutes) =>
        Assert.Equal(Accepted.AddMinutes(minutes), RetrySchedule.Default.Next(attempts, Accepted, Accepted, 0.5));

    [Theory]
    [InlineData(0, 16)]
    [InlineData(1, 24)]
    [InlineData(-5, 16)]
    public void Next_jitter_scatters_by_a_fifth(double jitter, int minutes) =>
        Assert.Equal(Accepted.AddMinutes(minutes), RetrySchedule.Default.Next(1, Accepted, Accepted, jitter));

    [Fact]
    public void Next_last_attempt_is_at_the_expiry_and_none_after_it()
    {
        var expires = Accepted.AddDays(5);

        Assert.Equal(expires, RetrySchedule.Default.Next(30, Accepted, expires.AddMinutes(-10), 0.5));
        Assert.Equal(expires, RetrySchedule.Default.Next(30, Accepted, expires.AddTicks(-1), 0.5));
        Assert.Null(RetrySchedule.Default.Next(30, Accepted, expires, 0.5));
    }

    [Fact]
    public void Next_default_makes_34_attempts_in_five_days()
    {
        var attempts = 1;
        var at = Accepted;
        while (RetrySchedule.Default.Next(attempts, Accepted, at, 0.5) is { } next)
        {
            at = next;
            attempts++;
        }

        Assert.Equal(34, attempts);
    }
}

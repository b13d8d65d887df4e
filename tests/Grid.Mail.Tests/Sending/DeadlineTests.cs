using Grid.Mail.Sending;
using Grid.Testing;

namespace Grid.Mail.Tests.Sending;

public sealed class DeadlineTests
{
    private readonly ManualClock _clock = new();
    private int _expired;

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    [Fact]
    public void Set_reached_expiresOnce()
    {
        using var deadline = new Deadline(_clock, () => _expired++);
        deadline.Set(Seconds(10));
        _clock.Advance(Seconds(9.999));
        Assert.Equal(0, _expired);
        _clock.Advance(Seconds(100));
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void Set_again_countsFromThen()
    {
        using var deadline = new Deadline(_clock, () => _expired++);
        deadline.Set(Seconds(10));
        _clock.Advance(Seconds(9));
        deadline.Set(Seconds(10));
        _clock.Advance(Seconds(9.999));
        Assert.Equal(0, _expired);
        _clock.Advance(Seconds(0.001));
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void Set_shorterThanTheTimerSleeps_expiresInTime()
    {
        using var deadline = new Deadline(_clock, () => _expired++);
        deadline.Set(Seconds(600));
        deadline.Clear();
        deadline.Set(Seconds(5));
        _clock.Advance(Seconds(5));
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void Clear_beforeTheTimer_neverExpiresAndCanBeSetAgain()
    {
        using var deadline = new Deadline(_clock, () => _expired++);
        deadline.Set(Seconds(10));
        deadline.Clear();
        _clock.Advance(Seconds(100));
        Assert.Equal(0, _expired);
        deadline.Set(Seconds(10));
        _clock.Advance(Seconds(10));
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void Dispose_whileSet_neverExpires()
    {
        var deadline = new Deadline(_clock, () => _expired++);
        deadline.Set(Seconds(10));
        deadline.Dispose();
        deadline.Set(Seconds(1));
        _clock.Advance(Seconds(100));
        Assert.Equal(0, _expired);
    }
}

using Grid.Host.Public;
using Grid.Testing;

namespace Grid.Host.Tests.Public;

public sealed class FormStampTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void IsGood_from_two_seconds_to_a_day()
    {
        var stamps = new FormStamp(_clock);
        var stamp = stamps.Make();

        Assert.False(stamps.IsGood(stamp));
        _clock.Advance(FormStamp.Youngest - TimeSpan.FromTicks(1));
        Assert.False(stamps.IsGood(stamp));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(stamps.IsGood(stamp));
        _clock.Advance(FormStamp.Oldest - FormStamp.Youngest);
        Assert.True(stamps.IsGood(stamp));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(stamps.IsGood(stamp));
    }

    [Fact]
    public void IsGood_what_was_altered_or_made_elsewhere_is_not()
    {
        var stamps = new FormStamp(_clock);
        var stamp = stamps.Make();
        var other = new FormStamp(_clock).Make();
        _clock.Advance(FormStamp.Youngest);

        Assert.False(stamps.IsGood(other));
        Assert.False(stamps.IsGood(""));
        Assert.False(stamps.IsGood("x" + stamp.AsSpan(1).ToString()));
        Assert.False(stamps.IsGood(stamp + "A"));
        Assert.False(stamps.IsGood(new string('!', stamp.Length)));
    }
}

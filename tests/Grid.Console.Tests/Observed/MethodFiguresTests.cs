using System.Diagnostics;
using Grid.Host.Console.Observed;

namespace Grid.Console.Tests.Observed;

public sealed class MethodFiguresTests
{
    private static readonly long Second = Stopwatch.Frequency;
    private readonly MethodFigures _figures = new("TenantGrain", "Apply");

    [Fact]
    public void Ended_adds_up_calls_faults_mean_and_longest()
    {
        _figures.Ended(0, Second / 1000, isFault: false);
        _figures.Ended(0, 3 * Second / 1000, isFault: true);

        Assert.Equal((2L, 1L), (_figures.Calls, _figures.Faults));
        Assert.Equal(TimeSpan.FromMilliseconds(2), _figures.Mean);
        Assert.Equal(TimeSpan.FromMilliseconds(3), _figures.Longest);
    }

    [Fact]
    public void CallsPerSecond_is_of_the_last_ten_whole_seconds()
    {
        for (var i = 0; i < 50; i++)
        {
            _figures.Ended(100 * Second, 100 * Second, isFault: false);
        }

        Assert.Equal(0, _figures.CallsPerSecond(100 * Second));
        Assert.Equal(5, _figures.CallsPerSecond(101 * Second));
        Assert.Equal(5, _figures.CallsPerSecond(110 * Second));
        Assert.Equal(0, _figures.CallsPerSecond(111 * Second));
    }

    [Fact]
    public void CallsPerSecond_forgets_a_second_when_its_place_is_needed()
    {
        _figures.Ended(100 * Second, 100 * Second, isFault: false);
        _figures.Ended(164 * Second, 164 * Second, isFault: false);

        Assert.Equal(0.1, _figures.CallsPerSecond(165 * Second), 6);
    }

    [Fact]
    public void Percentile_is_right_to_within_a_factor_of_two_and_never_below()
    {
        for (var i = 0; i < 99; i++)
        {
            _figures.Ended(0, Second / 1_000_000 * 100, isFault: false);
        }

        _figures.Ended(0, Second / 1_000_000 * 5000, isFault: false);

        Assert.Equal(TimeSpan.FromMicroseconds(128), _figures.Percentile(0.5));
        Assert.Equal(TimeSpan.FromMicroseconds(128), _figures.Percentile(0.99));
        Assert.Equal(TimeSpan.FromMicroseconds(8192), _figures.Percentile(1));
    }

    [Fact]
    public void Figures_of_what_was_never_called_are_nothing()
    {
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero, 0.0), (_figures.Mean, _figures.Percentile(0.99), _figures.CallsPerSecond(100 * Second)));
    }
}

using Grid.Grains.Queue;
using Grid.Testing;

namespace Grid.Grains.Tests.Queue;

public sealed class ConnectionWorthTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Of_an_unheard_site_is_one() => Assert.Equal(1, new ConnectionWorth(_clock).Of(1000));

    [Fact]
    public void Of_a_site_that_stays_silent_goes_by_what_waits()
    {
        var tested = new ConnectionWorth(_clock);
        tested.Asked();
        _clock.Advance(ConnectionWorth.Patience - TimeSpan.FromTicks(1));
        Assert.Equal(1, tested.Of(1000));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(51, tested.Of(1000));
    }

    [Theory]
    [InlineData(100, 999, 1, 50)]  // slow: one for every 20
    [InlineData(50, 1000, 1, 51)]  // where both rules meet
    [InlineData(10, 99, 1, 1)]     // 0.99 s of work for one connection
    [InlineData(10, 100, 1, 2)]    // 1 s
    [InlineData(10, 1000, 1, 11)]
    [InlineData(10, 1000, 100, 1)] // a hundred recipients took 10 ms
    public void Of_a_known_site_goes_by_its_quickest_answer(int milliseconds, int waiting, int recipients, int worth)
    {
        var tested = new ConnectionWorth(_clock);
        for (var i = 0; i < ConnectionWorth.Known; i++)
        {
            Assert.Equal(1, tested.Of(waiting));
            tested.Answered(TimeSpan.FromMilliseconds(i == 3 ? milliseconds : milliseconds + 500), recipients);
        }

        Assert.Equal(worth, tested.Of(waiting));
    }

    [Fact]
    public void Of_forgets_a_quick_answer_after_a_while()
    {
        var tested = new ConnectionWorth(_clock);
        Answer(tested, 1);
        _clock.Advance(ConnectionWorth.Memory);
        Answer(tested, 100);
        Assert.Equal(2, tested.Of(1000)); // still counts
        _clock.Advance(ConnectionWorth.Memory - TimeSpan.FromTicks(1));
        Answer(tested, 100);
        Assert.Equal(2, tested.Of(1000));
        _clock.Advance(TimeSpan.FromTicks(1));
        Answer(tested, 100);
        Assert.Equal(51, tested.Of(1000));
    }

    private static void Answer(ConnectionWorth tested, int milliseconds)
    {
        for (var i = 0; i < ConnectionWorth.Known; i++)
        {
            tested.Answered(TimeSpan.FromMilliseconds(milliseconds), 1);
        }
    }
}

using Grid.Grains.Sending;

namespace Grid.Grains.Tests.Sending;

public sealed class ConnectionRampTests
{
    [Theory]
    [InlineData(0, 1, false, 1)]
    [InlineData(0, 19, false, 1)]
    [InlineData(0, 20, false, 2)]
    [InlineData(0, 1000, false, 2)] // a site that nobody knows yet meets two at most
    [InlineData(2, 39, false, 2)]
    [InlineData(2, 40, false, 3)]
    [InlineData(2, 1000, false, 4)] // twice as many as it knows
    [InlineData(8, 1000, false, 10)] // the limit
    [InlineData(10, 1000, true, 10)]
    [InlineData(1, 1, true, 2)] // the one that stands may wait for a slow answer
    [InlineData(0, 1, true, 1)]
    public void Wanted_grows_with_the_waiting_mail(int open, int waiting, bool stuck, int wanted) =>
        Assert.Equal(wanted, ConnectionRamp.Wanted(open, waiting, stuck, failing: false, most: 10));

    [Fact]
    public void Wanted_a_failing_site_meets_one() => Assert.Equal(1, ConnectionRamp.Wanted(4, 1000, stuck: true, failing: true, most: 10));
}

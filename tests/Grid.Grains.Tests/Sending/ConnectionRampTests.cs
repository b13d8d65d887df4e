using Grid.Grains.Sending;

namespace Grid.Grains.Tests.Sending;

public sealed class ConnectionRampTests
{
    [Theory]
    [InlineData(0, 1, false, 1)]
    [InlineData(0, 2, false, 2)]
    [InlineData(0, 51, false, 2)] // a site that nobody knows yet meets two at most
    [InlineData(2, 2, false, 2)]
    [InlineData(2, 3, false, 3)]
    [InlineData(2, 51, false, 4)] // twice as many as it knows
    [InlineData(8, 51, false, 10)] // the limit
    [InlineData(10, 51, true, 10)]
    [InlineData(1, 1, true, 2)] // the one that stands may wait for a slow answer
    [InlineData(0, 1, true, 1)]
    public void Wanted_comes_to_what_the_mail_is_worth_by_steps(int open, int worth, bool stuck, int wanted) =>
        Assert.Equal(wanted, ConnectionRamp.Wanted(open, worth, stuck, failing: false, most: 10));

    [Fact]
    public void Wanted_a_failing_site_meets_one() => Assert.Equal(1, ConnectionRamp.Wanted(4, 51, stuck: true, failing: true, most: 10));
}

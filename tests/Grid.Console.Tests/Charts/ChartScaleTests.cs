using Grid.Host.Console.Charts;

namespace Grid.Console.Tests.Charts;

public sealed class ChartScaleTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(double.NaN, 1, 1)]
    [InlineData(double.PositiveInfinity, 1, 1)]
    [InlineData(-5, 1, 1)]
    [InlineData(4, 4, 1)]
    [InlineData(4.1, 6, 2)]
    [InlineData(7, 8, 2)]
    [InlineData(9, 10, 2.5)]
    [InlineData(0.0011, 0.0015, 0.0005)]
    [InlineData(850_000, 1_000_000, 250_000)]
    public void For_a_highest_value_ends_at_a_round_number(double highest, double top, double step)
    {
        var scale = ChartScale.For(highest);

        Assert.Equal((top, step), (Math.Round(scale.Top, 9), Math.Round(scale.Step, 9)));
    }

    [Fact]
    public void Marks_go_from_nothing_to_the_top() => Assert.Equal([0, 2.5, 5, 7.5, 10], ChartScale.For(9).Marks());

    [Fact]
    public void Path_is_interrupted_where_there_is_no_value() =>
        Assert.Equal("M0 1L1 2M3 4", ChartScale.Path([1, 2, double.NaN, 4], i => i, value => value));
}

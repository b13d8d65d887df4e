using Grid.Host.Demo;
using Grid.Host.Options;

namespace Grid.Host.Tests.Demo;

public sealed class DemoCommandTests
{
    [Fact]
    public void Read_without_the_word_is_no_demo() => Assert.Null(DemoCommand.Read(["--Grid:Data=./x"]));

    [Theory]
    [InlineData(false, "demo", "--Grid:Data=./x")]
    [InlineData(true, "demo", "--once")]
    public void Read_tells_whether_it_ends_by_itself(bool once, params string[] arguments) => Assert.Equal(once, DemoCommand.Read(arguments)!.Once);

    [Fact]
    public void Read_tells_whether_it_compares_policies() => Assert.Equal((true, false), (DemoCommand.Read(["demo", "--policies"])!.Policies, DemoCommand.Read(["demo"])!.Policies));

    [Fact]
    public void Read_of_another_word_refuses_it() =>
        Assert.StartsWith("--twice: ", Assert.Throws<ConfigurationFaultsException>(() => DemoCommand.Read(["demo", "--twice"])).Faults[0], StringComparison.Ordinal);
}

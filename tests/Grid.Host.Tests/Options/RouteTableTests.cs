using Grid.Core.Vocabulary;
using Grid.Host.Options;

namespace Grid.Host.Tests.Options;

public sealed class RouteTableTests
{
    private readonly RouteTable _table = new(new[] { "*", "example.com", ".example.com", ".sub.example.com", "com" }.Select(domain => new Route(domain, domain, 25, TlsMode.None)));

    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("a.example.com", ".example.com")]
    [InlineData("a.b.example.com", ".example.com")]
    [InlineData("sub.example.com", ".example.com")]
    [InlineData("a.sub.example.com", ".sub.example.com")]
    [InlineData("notexample.com", "*")]
    [InlineData("com", "com")]
    [InlineData("org", "*")]
    public void Find_prefers_the_domain_then_the_longest_suffix_then_all(string domain, string route) => Assert.Equal(route, _table.Find(domain)?.Domain);

    [Fact]
    public void Find_without_a_match_gives_none() => Assert.Null(new RouteTable([new Route("a.example", "h", 25, TlsMode.None)]).Find("b.example"));
}

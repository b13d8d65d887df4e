using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Vocabulary;

public sealed class HostPortTests
{
    [Theory]
    [InlineData("proxy.example:1024", "proxy.example:1024")]
    [InlineData("PROXY:1", "proxy:1")]
    [InlineData("192.0.2.1:65535", "192.0.2.1:65535")]
    [InlineData("[2001:DB8::1]:25", "[2001:db8::1]:25")]
    [InlineData("2001:db8::1:25", null)]
    [InlineData("proxy.example", null)]
    [InlineData("proxy.example:", null)]
    [InlineData("proxy.example:0", null)]
    [InlineData("proxy.example:65536", null)]
    [InlineData("proxy.example:+25", null)]
    [InlineData(":25", null)]
    [InlineData("-proxy:25", null)]
    [InlineData("pro xy:25", null)]
    [InlineData("192.0.2:25", null)]
    [InlineData("192.0.2.256:25", null)]
    [InlineData("[fe80::1%eth0]:25", null)]
    [InlineData("[192.0.2.1]:25", null)]
    [InlineData("http://proxy:25", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Parse_takes_names_and_addresses_with_a_port(string? text, string? read) => Assert.Equal(read, HostPort.Parse(text)?.ToString());
}

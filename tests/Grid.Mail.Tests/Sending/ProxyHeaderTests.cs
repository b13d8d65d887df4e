using System.Net;
using Grid.Mail.Sending;

namespace Grid.Mail.Tests.Sending;

/// <summary>The bytes of the PROXY protocol's version 2, as its text has them (2.2).</summary>
public sealed class ProxyHeaderTests
{
    private const string Signature = "0d0a0d0a000d0a515549540a";

    [Theory]
    [InlineData("192.0.2.1:4660", "198.51.100.7:25", "21" + "11" + "000c" + "c0000201" + "c6336407" + "1234" + "0019")]
    [InlineData("[2001:db8::1]:0", "[2001:db8:1::19]:587", "21" + "21" + "0024" + "20010db8000000000000000000000001" + "20010db8000100000000000000000019" + "0000" + "024b")]
    public void Write_is_signature_command_family_length_and_both_ends(string source, string destination, string rest) =>
        Assert.Equal(Signature + rest, Convert.ToHexStringLower(ProxyHeader.Write(IPEndPoint.Parse(source), IPEndPoint.Parse(destination))));

    [Fact]
    public void Write_two_families_are_a_mistake() =>
        Assert.Throws<ArgumentException>(() => ProxyHeader.Write(IPEndPoint.Parse("192.0.2.1:1"), IPEndPoint.Parse("[2001:db8::1]:25")));
}

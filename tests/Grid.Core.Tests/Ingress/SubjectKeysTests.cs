using Grid.Core.Ingress;

namespace Grid.Core.Tests.Ingress;

public sealed class SubjectKeysTests
{
    [Theory]
    [InlineData("acme", true)]
    [InlineData("0-a", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("Acme", false)]
    [InlineData("a_b", false)]
    [InlineData("a/b", false)]
    [InlineData("é", false)]
    public void TryTenant_keeps_to_the_rule(string id, bool valid) => Assert.Equal(valid, SubjectKeys.TryTenant(id, out _));

    [Fact]
    public void TryTenant_length_is_bounded()
    {
        Assert.True(SubjectKeys.TryTenant(new('a', 63), out _));
        Assert.False(SubjectKeys.TryTenant(new('a', 64), out _));
        Assert.False(SubjectKeys.TryTenant(null, out _));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("2001:DB8:0:0::1", "2001:db8::1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.01", null)]
    [InlineData("192.0.2", null)]
    [InlineData("0xC0000201", null)]
    [InlineData("3221225985", null)]
    [InlineData("fe80::1%eth0", null)]
    [InlineData("[::1]", null)]
    [InlineData("[::1]:25", null)]
    [InlineData(" 192.0.2.1", null)]
    [InlineData(null, null)]
    public void TryIp_has_one_text_for_an_address(string? text, string? key)
    {
        Assert.Equal(key is not null, SubjectKeys.TryIp(text, out var found));
        Assert.Equal(key ?? "", found);
    }

    [Theory]
    [InlineData("Example.COM.", "example.com")]
    [InlineData("_dmarc.example", "_dmarc.example")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("..", null)]
    [InlineData("a b", null)]
    [InlineData("a/b", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void TryDomain_has_one_text_for_a_name(string? text, string? key)
    {
        Assert.Equal(key is not null, SubjectKeys.TryDomain(text, out var found));
        Assert.Equal(key ?? "", found);
    }
}

using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;

namespace Grid.Core.Tests.Enforcement.Policies;

public sealed class PolicyUnitsTests
{
    [Theory]
    [InlineData("48 h", 172_800)]
    [InlineData("48h", 172_800)]
    [InlineData("20 min", 1200)]
    [InlineData("1 s", 1)]
    [InlineData("3650 d", 315_360_000)]
    public void TryDuration_reads(string text, long seconds)
    {
        Assert.True(PolicyUnits.TryDuration(text, out var span, out _));
        Assert.Equal(seconds, (long)span.TotalSeconds);
    }

    [Theory]
    [InlineData("48")]
    [InlineData("48 hours")]
    [InlineData("-1 h")]
    [InlineData("0 h")]
    [InlineData("1.5 h")]
    [InlineData("3651 d")]
    [InlineData("999999999999999 d")]
    [InlineData("48  h")]
    [InlineData("48 h\n")]
    [InlineData("")]
    public void TryDuration_refuses_and_says_what_would_be_right(string text)
    {
        Assert.False(PolicyUnits.TryDuration(text, out _, out var fault));
        Assert.StartsWith("a length of time is", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.1 %", 1, 1000)]
    [InlineData("0.05%", 5, 10_000)]
    [InlineData("10 %", 10, 100)]
    [InlineData("100 %", 100, 100)]
    [InlineData("0 %", 0, 100)]
    [InlineData("0.000001 %", 1, 100_000_000)]
    public void TryShare_is_exact(string text, long numerator, long denominator)
    {
        Assert.True(PolicyUnits.TryShare(text, out var share, out _));
        Assert.Equal(new Ratio(numerator, denominator), share);
    }

    [Theory]
    [InlineData("0.1")]
    [InlineData("100.1 %")]
    [InlineData("-1 %")]
    [InlineData(".1 %")]
    [InlineData("0.0000001 %")]
    [InlineData("1,5 %")]
    public void TryShare_refuses(string text) => Assert.False(PolicyUnits.TryShare(text, out _, out _));

    [Theory]
    [InlineData("1000 messages", "messages", 1000)]
    [InlineData("1 message", "messages", 1)]
    [InlineData("0 messages", "messages", 0)]
    [InlineData("1000 complaints", "messages", null)]
    [InlineData("1000", "messages", null)]
    [InlineData("1000000000001 messages", "messages", null)]
    public void TryCount_needs_its_noun(string text, string noun, int? expected) =>
        Assert.Equal((long?)expected, PolicyUnits.TryCount(text, noun, out var count, out _) ? count : null);

    [Theory]
    [InlineData("complaint", "complaints")]
    [InlineData("hardbounces", "hardBounces")]
    [InlineData("content.malwear", "content.malware")]
    [InlineData("zzz", null)]
    [InlineData("", null)]
    public void NearestName_finds_what_was_meant(string name, string? expected) =>
        Assert.Equal(expected, NearestName.Of(name, Signals.All.Select(s => s.Name)));

    [Theory]
    [InlineData("gmail.com", true)]
    [InlineData("yahoo.se", true)]
    [InlineData("yahoo.com.mx", true)]
    [InlineData("outlook.co.th", true)]
    [InlineData("live.example.com", false)]
    [InlineData("mail.company.example", false)]
    [InlineData("notgmail.com", false)]
    [InlineData("gmx.company", false)]
    public void PersonalMailDomains_are_those_of_providers_for_anybody(string domain, bool expected) => Assert.Equal(expected, PersonalMailDomains.Has(domain));

    [Theory]
    [InlineData("Purchased", "purchased")]
    [InlineData("bought list", "purchased")]
    [InlineData("third_party", "third-party")]
    [InlineData("https://shop.example/form", "https://shop.example/form")]
    [InlineData(null, null)]
    public void SourceWords_are_one_for_each_way_of_spelling(string? declared, string? expected) => Assert.Equal(expected, SourceWords.Of(declared));
}

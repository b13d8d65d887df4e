using FsCheck.Fluent;
using Grid.Core.Ingress;

namespace Grid.Core.Tests.Ingress;

public sealed class NfkcTests
{
    [Theory]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("\uFF21\uFB01", "Afi")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("\uD55C", "\uD55C")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("o\u0323\u0302", "\u1ED9")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\U0001D400", "A")]
    [InlineData("a\u0301\u0301", "\u00E1\u0301")]
    [InlineData("\uFDFA", "\u0635\u0644\u0649 \u0627\u0644\u0644\u0647 \u0639\u0644\u064A\u0647 \u0648\u0633\u0644\u0645")]
    public void Normalise_known_sequences(string text, string expected) => Assert.Equal(expected, Nfkc.Normalise(text));

    [Fact]
    public void Normalise_twice_is_once() =>
        Properties.Hold(
            Gen.OneOf(Gen.Choose(0x80, 0x1200), Gen.Choose(0x300, 0x36F), Gen.Choose(0xF900, 0xFFFD), Gen.Choose(0x1D100, 0x1D800)).ListOf(6),
            points =>
            {
                var once = Nfkc.Normalise(string.Concat(points.Select(char.ConvertFromUtf32)));
                return Nfkc.Normalise(once) == once;
            },
            1000);
}

using FsCheck.Fluent;
using Grid.Core.Feedback;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Feedback;

public sealed class UnsubscribeTokenTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Newer = [.. Enumerable.Range(100, 32).Select(i => (byte)i)];
    private static readonly UnsubscribeToken Tokens = new([Secret]);
    private static readonly UnsubscribeReference Ann = new("acme", new(0x0123456789ABCDEF), 3, "ann@example.com");

    [Fact]
    public void Seal_is_a_path_segment_that_shows_nothing_and_never_changes()
    {
        var token = Tokens.Seal(Ann);

        Assert.All(token, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
        Assert.Equal(63, token.Length);
        Assert.Equal(token, new UnsubscribeToken([Secret]).Seal(Ann));
        Assert.NotEqual(token[..20], Tokens.Seal(Ann with { Recipient = 4 })[..20]);
    }

    [Fact]
    public void TryRead_any_token_says_what_was_sealed() =>
        Properties.Hold(
            from id in Gen.Choose(0, int.MaxValue)
            from recipient in Gen.Choose(0, MessageToken.WholeMessage)
            from tenant in Gen.ArrayOf(Gen.Elements("abcdefghijklmnop-0123".ToCharArray()), 63)
            from length in Gen.Choose(0, 254)
            from address in Gen.ArrayOf(Gen.Elements("abcdefgü@.é".ToCharArray()), length)
            select new UnsubscribeReference(new(tenant), new(id), recipient, new(address)),
            sealedFor => Tokens.TryRead(Tokens.Seal(sealedFor), out var read) && read == sealedFor);

    [Fact]
    public void TryRead_any_changed_character_is_a_forgery()
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        Properties.Hold(
            from at in Gen.Choose(0, Tokens.Seal(Ann).Length - 1) from step in Gen.Choose(1, 63) select (at, step),
            c =>
            {
                var token = Tokens.Seal(Ann).ToCharArray();
                token[c.at] = alphabet[(alphabet.IndexOf(token[c.at], StringComparison.Ordinal) + c.step) % 64];
                return !Tokens.TryRead(token, out _);
            });
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("../../../../../../../../../../../../../../../../../etc/passwd")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void TryRead_what_is_no_token_is_none(string text) => Assert.False(Tokens.TryRead(text, out _));

    [Fact]
    public void TryRead_what_is_longer_than_any_token_is_none() => Assert.False(Tokens.TryRead(new string('A', UnsubscribeToken.MaxLength + 4), out _));

    [Fact]
    public void TryRead_a_cut_or_padded_token_is_none()
    {
        var token = Tokens.Seal(Ann);
        Assert.False(Tokens.TryRead(token.AsSpan(..^1), out _));
        Assert.False(Tokens.TryRead(token + "A", out _));
        Assert.False(Tokens.TryRead(token + "=", out _));
        Assert.False(Tokens.TryRead(" " + token, out _));
    }

    [Fact]
    public void TryRead_after_the_secret_was_changed_still_reads_what_was_sent_before()
    {
        var rotated = new UnsubscribeToken([Newer, Secret]);

        Assert.True(rotated.TryRead(Tokens.Seal(Ann), out var read));
        Assert.Equal(Ann, read);
        Assert.NotEqual(Tokens.Seal(Ann), rotated.Seal(Ann));
        Assert.False(Tokens.TryRead(rotated.Seal(Ann), out _));
    }

    [Fact]
    public void Seal_the_longest_tenant_and_address_fit_and_a_longer_one_is_a_fault()
    {
        var longest = new UnsubscribeReference(new('t', 64), new(long.MaxValue), MessageToken.WholeMessage, new string('l', 64) + "@" + new string('d', 253));
        Assert.True(Tokens.TryRead(Tokens.Seal(longest), out var read) && read == longest);
        Assert.Throws<ArgumentException>(() => Tokens.Seal(longest with { Address = new('x', 800) }));
    }

    [Fact]
    public void Constructor_a_short_secret_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new UnsubscribeToken([new byte[15]]));
}

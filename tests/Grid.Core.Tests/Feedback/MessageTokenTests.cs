using FsCheck.Fluent;
using Grid.Core.Feedback;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Feedback;

public sealed class MessageTokenTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Newer = [.. Enumerable.Range(100, 32).Select(i => (byte)i)];
    private static readonly MessageToken ReturnPath = new(Secret, "return-path");

    [Fact]
    public void Sign_fits_a_return_path_and_never_changes()
    {
        var token = ReturnPath.Sign(new(0x0123456789ABCDEF), 7);

        Assert.Equal(MessageToken.Length, token.Length);
        Assert.True(MessageToken.Length <= 40);
        Assert.All(token, c => Assert.Contains(c, "abcdefghijklmnopqrstuvwxyz234567"));
        Assert.Equal("aerukz4jvpg66aah", token[..16]);
    }

    [Fact]
    public void TryRead_any_token_says_what_was_signed_in_either_case() =>
        Properties.Hold(
            from high in Gen.Choose(0, int.MaxValue) from low in Gen.Choose(0, int.MaxValue) from recipient in Gen.Choose(0, MessageToken.WholeMessage) select (Id: new MessageId(((long)high << 31) | (long)low), recipient),
            c => ReturnPath.TryRead(ReturnPath.Sign(c.Id, c.recipient), out var id, out var recipient) && id == c.Id && recipient == c.recipient
                && ReturnPath.TryRead(ReturnPath.Sign(c.Id, c.recipient).ToUpperInvariant(), out id, out recipient) && id == c.Id);

    [Fact]
    public void TryRead_any_changed_character_is_a_forgery() =>
        Properties.Hold(
            from id in Gen.Choose(0, int.MaxValue) from at in Gen.Choose(0, MessageToken.Length - 1) from step in Gen.Choose(1, 31) select (id, at, step),
            c =>
            {
                const string alphabet = "abcdefghijklmnopqrstuvwxyz234567";
                var token = ReturnPath.Sign(new(c.id), 0).ToCharArray();
                token[c.at] = alphabet[(alphabet.IndexOf(token[c.at], StringComparison.Ordinal) + c.step) % 32];
                return !ReturnPath.TryRead(token, out _, out _);
            },
            1000);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("1111111111111111111111111111111!")]
    [InlineData("éééééééééééééééééééééééééééééééé")]
    public void TryRead_rubbish_is_refused(string token) => Assert.False(ReturnPath.TryRead(token, out _, out _));

    [Fact]
    public void TryRead_token_for_another_purpose_is_refused() =>
        Assert.False(new MessageToken(Secret, "unsubscribe").TryRead(ReturnPath.Sign(new(5), 0), out _, out _));

    [Fact]
    public void TryRead_after_the_secret_changed_reads_old_and_new()
    {
        var changed = new MessageToken(Newer, "return-path", Secret);

        Assert.True(changed.TryRead(ReturnPath.Sign(new(5), 1), out var id, out _));
        Assert.Equal(new MessageId(5), id);
        Assert.False(ReturnPath.TryRead(changed.Sign(new(5), 1), out _, out _));
        Assert.False(new MessageToken(Newer, "return-path").TryRead(ReturnPath.Sign(new(5), 1), out _, out _));
    }

    [Fact]
    public void Constructor_short_secret_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessageToken(new byte[15], "x"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessageToken(Secret, "x", new byte[3]));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(MessageToken.WholeMessage + 1)]
    public void Sign_recipient_out_of_range_is_refused(int recipient) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ReturnPath.Sign(new(1), recipient));
}

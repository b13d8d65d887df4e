using Grid.Core.Feedback;

namespace Grid.Core.Tests.Feedback;

public sealed class ConfirmationTokenTests
{
    private const string Id = "AbCdEfGhIjKlMnOpQrStUv";

    private readonly ConfirmationToken _tokens = new(new byte[32]);

    [Fact]
    public void TryRead_reads_what_was_signed_and_has_one_length()
    {
        var token = _tokens.Sign(Id);
        Assert.Equal(ConfirmationToken.Length, token.Length);
        Assert.True(_tokens.TryRead(token, out var id));
        Assert.Equal(Id, id);
    }

    [Fact]
    public void TryRead_of_any_altered_character_or_another_secret_fails()
    {
        var token = _tokens.Sign(Id);
        for (var i = 0; i < token.Length; i++)
        {
            Assert.False(_tokens.TryRead(string.Concat(token.AsSpan(0, i), token[i] == 'x' ? "y" : "x", token.AsSpan(i + 1)), out _));
        }

        Assert.False(new ConfirmationToken([.. Enumerable.Repeat((byte)1, 32)]).TryRead(token, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AbCdEfGhIjKlMnOpQrStUv")]
    [InlineData("ääääääääääääääääääääääääääääääääääääääääääää")]
    public void TryRead_of_anything_else_fails(string token) => Assert.False(_tokens.TryRead(token, out _));

    [Fact]
    public void Sign_of_an_id_of_another_length_is_refused() => Assert.Throws<ArgumentException>(() => _tokens.Sign("short"));
}

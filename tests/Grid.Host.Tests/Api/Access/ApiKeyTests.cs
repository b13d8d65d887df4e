using Grid.Host.Api.Access;

namespace Grid.Host.Tests.Api.Access;

public sealed class ApiKeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Make_a_key_tells_its_id_and_matches_its_hash()
    {
        var (stored, key) = ApiKey.Make("acme", Now);

        Assert.True(ApiKey.TryReadId(key, out var id));
        Assert.Equal((stored.Id, "acme", Now), (id, stored.Tenant, stored.CreatedAt));
        Assert.True(ApiKey.Matches(key, stored.Hash.Span));
        Assert.True(key.Length >= 3 + 16 + 1 + 43);
        Assert.NotEqual(key, ApiKey.Make("acme", Now).Key);
    }

    [Fact]
    public void Matches_any_changed_character_does_not()
    {
        var (stored, key) = ApiKey.Make("acme", Now);

        for (var i = 0; i < key.Length; i++)
        {
            Assert.False(ApiKey.Matches(key[..i] + (key[i] == 'x' ? 'y' : 'x') + key[(i + 1)..], stored.Hash.Span));
        }

        Assert.False(ApiKey.Matches(key + "x", stored.Hash.Span));
        Assert.False(ApiKey.Matches(new string('é', 400), stored.Hash.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gk_")]
    [InlineData("gk_0123456789abcdef")]
    [InlineData("gk_0123456789abcdef_")]
    [InlineData("gk_0123456789ABCDEF_secret")]
    [InlineData("gk_0123456789abcde/_secret")]
    [InlineData("xk_0123456789abcdef_secret")]
    public void TryReadId_of_another_shape_is_false(string key) => Assert.False(ApiKey.TryReadId(key, out _));
}

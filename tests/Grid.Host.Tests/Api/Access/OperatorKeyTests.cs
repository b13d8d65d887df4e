using Grid.Host.Api.Access;

namespace Grid.Host.Tests.Api.Access;

public sealed class OperatorKeyTests
{
    private readonly MemoryRegistry _registry = new();

    [Fact]
    public async Task EnsureAsync_at_first_start_a_key_is_made_shown_once_and_kept_as_a_hash()
    {
        var shown = new List<string>();
        await new OperatorKey().EnsureAsync(_registry, null, shown.Add, default);

        var later = new OperatorKey();
        await later.EnsureAsync(_registry, null, shown.Add, default);

        var key = Assert.Single(shown);
        Assert.True(key.Length >= 43);
        Assert.True(later.Matches(key));
        Assert.False(later.Matches(key + "x"));
        Assert.DoesNotContain(key, await _registry.ReadAsync("operator", "key"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnsureAsync_a_configured_key_replaces_the_stored_one_and_is_never_shown()
    {
        await new OperatorKey().EnsureAsync(_registry, "first-key-0123456789", _ => Assert.Fail("shown"), default);
        var second = new OperatorKey();
        await second.EnsureAsync(_registry, "second-key-0123456789", _ => Assert.Fail("shown"), default);
        var third = new OperatorKey();
        await third.EnsureAsync(_registry, null, _ => Assert.Fail("shown"), default);

        Assert.False(second.Matches("first-key-0123456789"));
        Assert.True(second.Matches("second-key-0123456789"));
        Assert.True(third.Matches("second-key-0123456789"));
    }

    [Fact]
    public void Matches_before_there_is_a_key_nothing_does() => Assert.False(new OperatorKey().Matches(""));
}

using Grid.Host.Api.SendGrid;

namespace Grid.Host.Tests.Api.SendGrid;

public sealed class SubstitutionsTests
{
    [Fact]
    public void TryApply_replaces_every_occurrence()
    {
        Assert.True(Substitutions.TryApply("Hi -name-, -name-!", new Dictionary<string, string?> { ["-name-"] = "Ann", [""] = "x", ["!"] = null }, 100, out var text));
        Assert.Equal("Hi Ann, Ann", text);
    }

    [Fact]
    public void TryApply_what_would_grow_too_long_is_refused_before_it_is_made() =>
        Assert.False(Substitutions.TryApply(new string('a', 1_000_000), new Dictionary<string, string?> { ["a"] = new string('b', 10_000) }, 25_000_000, out _));

    [Fact]
    public void TryApply_just_as_long_as_allowed_is_fine()
    {
        Assert.True(Substitutions.TryApply("aa", new Dictionary<string, string?> { ["a"] = "bbb" }, 6, out var text));
        Assert.Equal("bbbbbb", text);
        Assert.False(Substitutions.TryApply("aa", new Dictionary<string, string?> { ["a"] = "bbb" }, 5, out _));
    }
}

using Grid.Core.Counters;

namespace Grid.Core.Tests.Counters;

public sealed class IpBookTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", true)]
    [InlineData("a 200 200", true)]
    [InlineData("a 200 101", true)]
    [InlineData("a 200 100", false)]
    [InlineData("a 200 200, b 1 0", false)]
    [InlineData("a 200 200, b 1 1", true)]
    [InlineData("a 200 200, b 200 200, c 500 0", true)]
    [InlineData("a 200 200, b 200 100, c 500 0", false)]
    [InlineData("a 200 200, b 200 200, c 1 0, d 1 0", false)]
    public void IsOfMost_more_than_half_of_the_ips_are_refused_more_than_half_of_the_time(string tallies, bool ofMost)
    {
        var book = new IpBook([]);
        foreach (var parts in tallies.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(tally => tally.Split(' ')))
        {
            book.Add(At, new(parts[0], long.Parse(parts[1], null), long.Parse(parts[2], null)));
        }

        Assert.Equal(ofMost, book.IsOfMost(At));
        Assert.Equal(ofMost, new IpBook(book.Slots).IsOfMost(At));
    }

    [Fact]
    public void IsOfMost_what_is_an_hour_old_does_not_count()
    {
        var book = new IpBook([]);
        book.Add(At, new("b", 500, 0));
        book.Add(At.AddMinutes(59), new("a", 100, 100));
        Assert.False(book.IsOfMost(At.AddMinutes(59)));
        Assert.True(book.IsOfMost(At.AddMinutes(60)));
    }

    [Fact]
    public void Add_is_bounded_in_ips_and_in_time()
    {
        var book = new IpBook([]);
        for (var i = 0; i < 300; i++)
        {
            book.Add(At.AddMinutes(5 * i), new("a", 1, 0));
            book.Add(At.AddMinutes(5 * 299), new($"ip{i}", 1, 0));
        }

        Assert.InRange(book.Slots.Count, 1, 15);
        Assert.All(book.Slots, slot => Assert.InRange(slot.Ips.Count, 1, IpBook.MaxIps));
    }
}

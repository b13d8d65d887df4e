using Grid.Core.Counters;

namespace Grid.Core.Tests.Counters;

public sealed class HarmBookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Shares_are_of_refusals_in_three_hours_and_of_complaints_in_eight_days()
    {
        var book = new HarmBook([]);
        book.Add(Noon, new("a", 3, 1));
        book.Add(Noon.AddHours(2), new("b", 1, 0));
        book.Add(Noon.AddHours(2), new("a", 0, 2));
        Assert.Equal([("a", 0.75m), ("b", 0.25m)], Shares(book, false, Noon.AddHours(2)));
        Assert.Equal([("a", 1m)], Shares(book, true, Noon.AddHours(2)));
        Assert.Equal([("a", 0.75m), ("b", 0.25m)], Shares(book, false, Noon.AddHours(3).AddTicks(-1)));
        Assert.Equal([("b", 1m)], Shares(book, false, Noon.AddHours(3)));
        Assert.Equal([("a", 1m)], Shares(book, true, Noon.Date.AddDays(8).AddTicks(-1)));
        Assert.Empty(Shares(book, true, new(Noon.Date.AddDays(8), TimeSpan.Zero)));
    }

    [Fact]
    public void Add_forgets_what_is_older_than_its_stretch_whatever_the_order()
    {
        var book = new HarmBook([]);
        for (var hour = 0; hour < 20; hour++)
        {
            book.Add(Noon.AddHours(hour), new("a", 1, 0));
        }

        book.Add(Noon, new("b", 100, 0));
        Assert.Equal([("a", 1m)], Shares(book, false, Noon.AddHours(19)));
        Assert.Equal(HarmBook.Hours + 2, book.Slots.Count);
    }

    [Fact]
    public void Slots_bring_back_the_same_book()
    {
        var book = new HarmBook([]);
        book.Add(Noon, new("a", 3, 1));
        var again = new HarmBook(book.Slots);
        again.Add(Noon, new("b", 1, 1));
        Assert.Equal([("a", 0.75m), ("b", 0.25m)], Shares(again, false, Noon));
        Assert.Equal([("a", 0.5m), ("b", 0.5m)], Shares(again, true, Noon));
    }

    [Fact]
    public void Add_beyond_a_thousand_tenants_forgets_those_with_the_least_harm()
    {
        var book = new HarmBook([]);
        book.Add(Noon, new("worst", 50, 0));
        for (var i = 0; i < HarmBook.MaxTenants + 100; i++)
        {
            book.Add(Noon, new($"t{i}", 1, 0));
        }

        Assert.All(book.Slots, slot => Assert.Equal(HarmBook.MaxTenants, slot.Tenants.Count));
        Assert.Equal("worst", book.Shares(false, Noon)[0].Tenant);
    }

    private static IEnumerable<(string, decimal)> Shares(HarmBook book, bool ofComplaints, DateTimeOffset now) => book.Shares(ofComplaints, now).Select(s => (s.Tenant, s.Share));
}

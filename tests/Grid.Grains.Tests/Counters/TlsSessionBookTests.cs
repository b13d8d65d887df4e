using Grid.Core.Vocabulary;
using Grid.Grains.Counters;
using Grid.Grains.Tests.Beds;
using Grid.Testing;

namespace Grid.Grains.Tests.Counters;

public sealed class TlsSessionBookTests
{
    private static readonly TlsSession Fine = new("mx.example");
    private static readonly TlsSession Plain = Fine with { Channel = TlsResult.StartTlsNotSupported };

    private readonly ManualClock _clock = new(new(2026, 11, 22, 23, 59, 59, 999, TimeSpan.Zero));

    [Fact]
    public void Count_a_session_belongs_to_the_day_in_which_it_was()
    {
        var book = Book();
        book.Count("a.example", [Fine, Plain, Plain]);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        book.Count("a.example", [Plain]);
        book.Count("b.example", [Fine]);

        var (counts, leftOut) = book.Take();

        var (first, second, failure) = (new DateOnly(2026, 11, 22), new DateOnly(2026, 11, 23), new TlsFailure(TlsResult.StartTlsNotSupported, "", "mx.example", "", "", ""));
        Assert.Equal(
            [new(first, "a.example", TlsPolicy.None, null, 1), new(first, "a.example", TlsPolicy.None, failure, 2), new(second, "a.example", TlsPolicy.None, failure, 1), new(second, "b.example", TlsPolicy.None, null, 1)],
            counts);
        Assert.Equal(0, leftOut);
        Assert.Empty(book.Take().Counts);
    }

    [Fact]
    public void Return_counts_join_those_that_came_meanwhile()
    {
        var book = Book();
        book.Count("a.example", [Fine]);
        var (counts, _) = book.Take();
        book.Count("a.example", [Fine]);
        book.Return(counts);
        Assert.Equal(2, Assert.Single(book.Take().Counts).Sessions);
    }

    [Fact]
    public void Count_beyond_its_room_is_left_out_and_said()
    {
        var book = Book();
        for (var i = 0; i < TlsSessionBook.MostCounts + 5; i++)
        {
            book.Count($"d{i}.example", [Fine]);
        }

        book.Count("d0.example", [Fine]);
        var (counts, leftOut) = book.Take();
        Assert.Equal((TlsSessionBook.MostCounts, 5, 2), (counts.Count, leftOut, counts[0].Sessions));
    }

    [Fact]
    public void Count_does_nothing_where_reports_are_off()
    {
        var book = new TlsSessionBook(new NoSts(), _clock, isOn: false);
        book.Count("a.example", [Fine]);
        Assert.Empty(book.Take().Counts);
    }

    private TlsSessionBook Book() => new(new NoSts(), _clock, isOn: true);
}

using Grid.Core.Vocabulary;
using Grid.Storage.Queue;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Queue;

public sealed class DeliveryMarksTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grid-marks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Reserve_every_place_is_given_once_and_again_after_release()
    {
        var marks = await OpenAsync();
        var places = Enumerable.Range(0, DeliveryMarks.Places).Select(_ => marks.Reserve()).ToHashSet();
        Assert.Equal(DeliveryMarks.Places, places.Count);
        Assert.Equal(-1, marks.Reserve());
        marks.Release(17);
        Assert.Equal(17, marks.Reserve());
        Assert.Equal(-1, marks.Reserve());
    }

    [Fact]
    public async Task Reserve_from_many_threads_no_place_is_held_twice()
    {
        var marks = await OpenAsync();
        var held = new int[DeliveryMarks.Places];
        Parallel.For(0, 8, _ =>
        {
            for (var n = 0; n < 20_000; n++)
            {
                var place = marks.Reserve();
                Assert.Equal(1, Interlocked.Increment(ref held[place]));
                Interlocked.Decrement(ref held[place]);
                marks.Release(place);
            }
        });
        Assert.Equal(DeliveryMarks.Places, Enumerable.Range(0, DeliveryMarks.Places).Select(_ => marks.Reserve()).Distinct().Count());
    }

    [Fact]
    public async Task Release_twice_throws()
    {
        var marks = await OpenAsync();
        var place = marks.Reserve();
        marks.Release(place);
        Assert.Throws<InvalidOperationException>(() => marks.Release(place));
        Assert.Throws<ArgumentOutOfRangeException>(() => marks.Release(DeliveryMarks.Places));
    }

    [Fact]
    public async Task Recovered_marked_places_are_found_and_kept_until_cleared()
    {
        var marks = await OpenAsync();
        var places = (marks.Reserve(), marks.Reserve(), marks.Reserve());
        marks.Mark(places.Item1, Key(1), Mail.Start);
        marks.Mark(places.Item2, Key(2), Mail.Start.AddMilliseconds(5), passedOn: true);
        marks.Mark(places.Item3, Key(3), Mail.Start);
        marks.Release(places.Item3);

        marks = await OpenAsync();
        Assert.Equal([(Key(1), Mail.Start, false), (Key(2), Mail.Start.AddMilliseconds(5), true)], marks.Recovered.OrderBy(mark => mark.Key.Message));
        Assert.Equal(DeliveryMarks.Places - 2, Enumerable.Range(0, DeliveryMarks.Places).Count(_ => marks.Reserve() >= 0));
        marks.ClearRecovered();
        Assert.NotEqual(-1, marks.Reserve());
        Assert.Empty((await OpenAsync()).Recovered);
    }

    [Fact]
    public async Task Recovered_envelopes_that_ended_are_left_out()
    {
        var marks = await OpenAsync();
        marks.Mark(marks.Reserve(), Key(1), Mail.Start);
        Assert.Empty((await OpenAsync(live: false)).Recovered);
        Assert.Empty((await OpenAsync()).Recovered);
    }

    [Fact]
    public async Task Recovered_a_torn_place_counts_as_empty()
    {
        var marks = await OpenAsync();
        marks.Mark(marks.Reserve(), Key(1), Mail.Start);
        using (var file = new FileStream(Path.Combine(_folder, "grid.marks"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = 3;
            file.WriteByte(0x7F);
        }

        Assert.Empty((await OpenAsync()).Recovered);
    }

    private static EnvelopeKey Key(int number) => new(Mail.Id(number), number);

    private async Task<DeliveryMarks> OpenAsync(bool live = true)
    {
        var marks = new DeliveryMarks();
        await marks.OpenAsync(_folder, _ => new(live));
        return marks;
    }
}

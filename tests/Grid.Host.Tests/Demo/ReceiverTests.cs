using System.Net;
using Grid.Core.Vocabulary;
using Grid.Host.Demo.Receivers;
using Grid.Testing;
using static Grid.Host.Tests.Demo.ReceiverScene;

namespace Grid.Host.Tests.Demo;

public sealed class ReceiverTests
{
    private readonly ManualClock _clock = new();

    [Theory]
    [InlineData("gone.mia@b.example", 550)]
    [InlineData("GONE.mia@b.example", 550)]
    [InlineData("closed.mia@b.example", 550)]
    [InlineData("full.mia@b.example", 452)]
    [InlineData("angry.mia@b.example", 250)]
    [InlineData("mia.gone.@b.example", 250)]
    public void Recipient_is_answered_by_who_lives_there(string address, int code) =>
        Assert.Equal(code, new SmallCompany("b.example", Book("small"), _clock).Recipient(address));

    [Fact]
    public void FirstTime_is_told_once_a_situation()
    {
        var told = new List<int>();
        var small = new SmallCompany("b.example", Book("small"), _clock) { FirstTime = (_, _, reply) => told.Add(reply.Code) };

        foreach (var address in (string[])["gone.1@b.example", "gone.2@b.example", "full.1@b.example", "mia@b.example"])
        {
            small.Recipient(address);
        }

        Assert.Equal([550, 452], told);
    }

    [Fact]
    public void GmailLike_over_the_rate_of_one_address_defers_that_one()
    {
        var gmail = new GmailLike("g.example", Book("gmail"), new Rate(8, TimeSpan.FromSeconds(1), 8), _clock);

        // Of a burst of eight the limiter keeps a quarter back for the time in which permits are used.
        Assert.Equal([250, 250, 250, 250, 250, 250, 421], Enumerable.Range(0, 7).Select(_ => gmail.Mail(First)));
        Assert.Equal(250, gmail.Mail(Second));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(250, gmail.Mail(First));
    }

    [Fact]
    public void GmailLike_greylists_one_in_forty_until_the_time_is_over()
    {
        var gmail = new GmailLike("g.example", Book("gmail"), new Rate(1, TimeSpan.FromSeconds(1), 1), _clock);
        var greylisted = Enumerable.Range(0, 4000).Select(n => $"mia.{n}@g.example").Where(address => gmail.Recipient(address) is 450 or 451).ToList();

        Assert.InRange(greylisted.Count, 50, 200);
        Assert.InRange(gmail.Recipient(greylisted[0]), 450, 451);
        _clock.Advance(GmailLike.GreylistFor);
        Assert.Equal(250, gmail.Recipient(greylisted[0]));
    }

    [Fact]
    public void YahooLike_defers_one_in_so_many_of_an_address_that_sends_much()
    {
        var yahoo = new YahooLike("y.example", Book("yahoo"), _ => { });

        var codes = Enumerable.Range(1, 3 * YahooLike.DeferOneIn).Select(_ => yahoo.Mail(First)).ToList();

        Assert.Equal(1, codes.Count(code => code == 421));
        Assert.Equal(421, codes[^1]);
        Assert.Equal(250, yahoo.Mail(Second));
    }

    [Fact]
    public void OutlookLike_blocks_the_one_address_after_its_messages()
    {
        var outlook = new OutlookLike("o.example", Book("outlook"), Second, after: 3);

        Assert.Equal([250, 250, 250, 550, 550], Enumerable.Range(0, 5).Select(_ => outlook.Mail(Second)));
        Assert.All(Enumerable.Range(0, 5), _ => Assert.Equal(250, outlook.Mail(First)));
    }

    [Fact]
    public void OutlookLike_is_busy_for_one_in_so_many()
    {
        var outlook = new OutlookLike("o.example", Book("outlook"), Second, after: 3);

        var codes = Enumerable.Range(1, 2 * OutlookLike.BusyOneIn).Select(_ => outlook.Mail(First)).ToList();

        Assert.Equal([OutlookLike.BusyOneIn - 1, (2 * OutlookLike.BusyOneIn) - 1], codes.Index().Where(entry => entry.Item == 451).Select(entry => entry.Index));
    }

    [Fact]
    public void PeerTable_beyond_its_bound_shares_one_entry()
    {
        var table = new PeerTable<Tally>(() => new());

        var counts = Enumerable.Range(1, 70).Select(n => table.With(new IPAddress([127, 0, 0, (byte)n]), tally => ++tally.Count)).ToList();

        Assert.All(counts.Take(64), count => Assert.Equal(1, count));
        Assert.Equal([1, 2, 3, 4, 5, 6], counts.Skip(64));
    }
}

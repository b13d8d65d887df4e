using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Feedback;

public abstract class DsnNoticesTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    private const DsnNotify All = DsnNotify.Success | DsnNotify.Failure | DsnNotify.Delay;

    [Fact]
    public async Task AcceptAsync_keeps_what_was_asked_with_the_message_and_its_envelopes()
    {
        var store = await OpenAsync();
        var wishes = new DsnWishes(new("\"two words\"@acme.example", "FULL", "QQ314159"), [new(0, All, "rfc822;Bob@x.example"), new(2, DsnNotify.None, null), new(3, null, "rfc822;a+2Bb@x.example")]);
        var message = Asking(1, 4, wishes);
        message = message with { Envelopes = [.. message.Envelopes.Select(e => e with { Notify = wishes.For(e.Key.Recipient).Asked, HasDsnParameters = true, HasNullReturnPath = true, AnyTls = true })] };
        await store.Spool.AcceptAsync(Mail.Accept(message));

        var read = await store.Spool.ReadDsnAsync(message.Id);
        Assert.Equal(wishes.Request, read!.Request);
        Assert.Equal(wishes.Recipients, read.Recipients);
        Assert.Equal([All, DsnNotify.Failure, DsnNotify.None, DsnNotify.Failure], Enumerable.Range(0, 4).Select(i => read.For(i).Asked));
        Assert.Equal(message.Envelopes, (await store.Spool.FindAsync(message.Id))!.Live);
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(2)));
        Assert.Null(await store.Spool.ReadDsnAsync(Mail.Id(2)));
    }

    [Fact]
    public async Task SettleAsync_notes_what_is_to_be_told_with_the_outcome_that_tells_it_once()
    {
        var store = await OpenAsync();
        var message = Asking(1, 3);
        await store.Spool.AcceptAsync(Mail.Accept(message));
        var failed = Mail.Settle(message.Envelopes[0], OutcomeKind.Bounced) with { Tell = DsnAction.Failed };
        await store.Spool.SettleAsync([failed, failed, Mail.Settle(message.Envelopes[1])]);
        await store.Spool.SettleAsync([failed, Mail.Settle(message.Envelopes[2]) with { Tell = DsnAction.Relayed }]);

        DsnNotice[] expected = [new(message.Envelopes[0].Key, DsnAction.Failed, failed.Record.At), new(message.Envelopes[2].Key, DsnAction.Relayed, Mail.Start.AddSeconds(1))];
        Assert.Equal(expected, await store.DsnNotices.DueAsync(Mail.Start.AddHours(1), null, 10));
        Assert.Equal(expected, await store.DsnNotices.OfAsync(message.Id));
        Assert.Empty(await store.DsnNotices.DueAsync(Mail.Start, null, 10));
        Assert.Equal(expected[..1], await store.DsnNotices.DueAsync(Mail.Start.AddHours(1), null, 1));
    }

    [Fact]
    public async Task Body_stays_until_the_report_is_kept()
    {
        var store = await OpenAsync();
        var message = Asking(1, 2);
        await store.Spool.AcceptAsync(Mail.Accept(message));
        await store.Spool.SettleAsync([Mail.Settle(message.Envelopes[0], OutcomeKind.Bounced) with { Tell = DsnAction.Failed }, Mail.Settle(message.Envelopes[1])]);
        await StirAsync(store, 10);
        Assert.NotNull(await store.Spool.ReadBodyAsync(message.Id));
        Assert.Empty((await store.Spool.FindAsync(message.Id))!.Live);

        var due = await store.DsnNotices.DueAsync(Mail.Start.AddHours(1), null, 10);
        Assert.IsType<AcceptResult.Kept>(await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(5)) with { Tells = due }));
        await StirAsync(store, 20);
        Assert.Null(await store.Spool.ReadBodyAsync(message.Id));
    }

    [Fact]
    public async Task Body_does_not_stay_for_a_delay_that_is_not_told()
    {
        var store = await OpenAsync();
        var message = Asking(1, 1);
        await store.Spool.AcceptAsync(Mail.Accept(message with { Notices = [new(message.Envelopes[0].Key, DsnAction.Delayed, Mail.Start.AddHours(4))] }));
        await store.Spool.SettleAsync([Mail.Settle(message.Envelopes[0])]);
        await StirAsync(store, 10);
        Assert.Null(await store.Spool.ReadBodyAsync(message.Id));
        Assert.Empty(await store.DsnNotices.DueAsync(Mail.Start.AddHours(3), null, 10));
        Assert.Single(await store.DsnNotices.DueAsync(Mail.Start.AddHours(4), null, 10));
    }

    [Fact]
    public async Task AcceptAsync_a_message_whose_recipients_all_ended_at_once_keeps_what_its_report_returns()
    {
        var store = await OpenAsync();
        var message = Asking(1, 1);
        var key = message.Envelopes[0].Key;
        await store.Spool.AcceptAsync(Mail.Accept(message with
        {
            Envelopes = [],
            EndedAtOnce = [Mail.Outcome(message.Envelopes[0], OutcomeKind.Suppressed, attempt: 0)],
            Notices = [new(key, DsnAction.Failed, Mail.Start)],
        }));
        Assert.NotNull(await store.Spool.ReadBodyAsync(message.Id));

        await store.DsnNotices.EndAsync(await store.DsnNotices.DueAsync(Mail.Start, null, 10), DsnState.OverLimit);
        Assert.Null(await store.Spool.ReadBodyAsync(message.Id));
        Assert.Equal([new DsnNotice(key, DsnAction.Failed, Mail.Start) { State = DsnState.OverLimit }], await store.DsnNotices.OfAsync(message.Id));
        Assert.Empty(await store.DsnNotices.DueAsync(Mail.Start, null, 10));
    }

    [Fact]
    public async Task AcceptAsync_of_reports_that_tell_the_same_keeps_one()
    {
        var store = await OpenAsync();
        var message = Asking(1, 2);
        await store.Spool.AcceptAsync(Mail.Accept(message));
        await store.Spool.SettleAsync([.. message.Envelopes.Select(e => Mail.Settle(e, OutcomeKind.Bounced) with { Tell = DsnAction.Failed })]);
        var due = await store.DsnNotices.DueAsync(Mail.Start.AddHours(1), null, 10);
        var results = await Task.WhenAll(Enumerable.Range(100, 16).Select(n => store.Spool.AcceptAsync(
            Mail.Accept(Mail.Message(n)) with { Tells = [.. due.Skip(n % 2)] }).AsTask()));

        // Whichever came first took some; of the others each lacks one of its own.
        Assert.Single(results.OfType<AcceptResult.Kept>());
        Assert.Equal(15, results.OfType<AcceptResult.Repeated>().Count());
        var report = Mail.Id(100 + Array.FindIndex(results, result => result is AcceptResult.Kept));
        Assert.NotNull(await store.Spool.FindAsync(report));
        Assert.All((await store.DsnNotices.OfAsync(message.Id)).Where(notice => notice.State == DsnState.Sent), notice => Assert.Equal(report, notice.Report));
        Assert.Equal(1, (await store.Spool.CountAsync(Mail.Start)).Whole.Total);
    }

    [Fact]
    public async Task AddAsync_a_delay_reported_now_comes_before_one_of_ours_and_is_told_once()
    {
        var store = await OpenAsync();
        var message = Asking(1, 1);
        var key = message.Envelopes[0].Key;
        await store.Spool.AcceptAsync(Mail.Accept(message with { Notices = [new(key, DsnAction.Delayed, Mail.Start.AddHours(4))] }));
        var reported = new DsnNotice(key, DsnAction.Delayed, Mail.Start.AddHours(1), "4.4.1 busy");
        await store.DsnNotices.AddAsync([reported]);
        await store.DsnNotices.AddAsync([reported with { At = Mail.Start.AddHours(2), Said = "4.4.1 still busy" }]);
        Assert.Equal([reported], await store.DsnNotices.DueAsync(Mail.Start.AddHours(1), null, 10));

        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(5)) with { Tells = [reported] });
        await store.DsnNotices.AddAsync([reported]);
        Assert.Equal([reported with { State = DsnState.Sent, Report = Mail.Id(5) }], await store.DsnNotices.OfAsync(message.Id));
    }

    [Fact]
    public async Task Notices_survive_and_go_with_their_message()
    {
        var store = await OpenAsync();
        var message = Asking(1, 1, new(new("n@acme.example"), [new(0, All, null)]));
        await store.Spool.AcceptAsync(Mail.Accept(message));
        await store.Spool.SettleAsync([Mail.Settle(message.Envelopes[0], OutcomeKind.Expired) with { Tell = DsnAction.Failed }]);
        store = await ReopenAsync(store);
        Assert.Single(await store.DsnNotices.DueAsync(Mail.Start.AddHours(1), null, 10));

        Clock.Advance(Mail.Start - Clock.GetUtcNow() + TimeSpan.FromDays(400));
        await store.Janitor!.RunAsync(default);
        Assert.Null(await store.Spool.FindAsync(message.Id));
        Assert.Empty(await store.DsnNotices.OfAsync(message.Id));
        Assert.Null(await store.Spool.ReadDsnAsync(message.Id));
    }

    private static SpooledMessage Asking(int number, int recipients, DsnWishes? wishes = null) =>
        Mail.Message(number, recipients) with { Dsn = wishes ?? new(new("n@acme.example"), []) };

    /// <summary>Bodies go with the mail that comes after.</summary>
    private static async Task StirAsync(GridStore store, int number)
    {
        for (var i = 0; i < 3; i++)
        {
            var other = Mail.Message(number + i);
            await store.Spool.AcceptAsync(Mail.Accept(other));
            await store.Spool.SettleAsync([Mail.Settle(other.Envelopes[0])]);
        }
    }
}

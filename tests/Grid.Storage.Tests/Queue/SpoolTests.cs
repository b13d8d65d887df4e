using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Queue;

public abstract class SpoolTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    [Fact]
    public async Task AcceptAsync_one_message_can_be_found_with_everything_it_had()
    {
        var store = await OpenAsync();
        var message = Mail.Message(1, recipients: 2);
        Assert.IsType<AcceptResult.Kept>(await store.Spool.AcceptAsync(Mail.Accept(message)));

        var found = await store.Spool.FindAsync(message.Id);
        Assert.NotNull(found);
        Assert.Equal((message.Tenant, message.AcceptedAt, message.Stream, message.Campaign, message.Details, 2), (found.Tenant, found.AcceptedAt, found.Stream, found.Campaign, found.Details, found.RecipientCount));
        Assert.Equal(message.Envelopes, found.Live);
        Assert.Empty(found.History);
        Assert.Equal(message.Body.ToArray(), (await store.Spool.ReadBodyAsync(message.Id))!.Value.ToArray());
        Assert.Null(await store.Spool.FindAsync(Mail.Id(2)));
        Assert.Null(await store.Spool.ReadBodyAsync(Mail.Id(2)));
    }

    [Fact]
    public async Task PutAsideAsync_hides_mail_from_who_reads_what_waits_until_it_is_taken_back()
    {
        var store = await OpenAsync();
        var waits = Mail.Message(1, recipients: 3) with { Envelopes = [.. Mail.Message(1, recipients: 3).Envelopes.Select(e => e with { Campaign = "spring" })] };
        var (inMemory, others) = (Mail.Message(2), Mail.Message(3, tenant: "other"));
        await store.Spool.AcceptAsync(Mail.Accept(waits, toMemory: false));
        await store.Spool.AcceptAsync(Mail.Accept(inMemory));
        await store.Spool.AcceptAsync(Mail.Accept(others, toMemory: false));
        Assert.Empty(await store.Spool.AsideAsync());

        var gone = new EnvelopeKey(Mail.Id(99), 0);
        await store.Spool.PutAsideAsync([waits.Envelopes[0].Key, waits.Envelopes[2].Key, inMemory.Envelopes[0].Key, gone]);
        Assert.Equal(["acme"], await store.Spool.AsideAsync());
        Assert.Equal([waits.Envelopes[1]], await store.Spool.ReadWaitingAsync("acme", "example.com", DateTimeOffset.MinValue, default, Mail.Start.AddDays(1), 10));
        Assert.Equal([("acme", 1L), ("other", 1L)], (await store.Spool.WaitingAsync()).Select(g => (g.Tenant, g.Count)));
        Assert.Equal([waits.Envelopes[0], waits.Envelopes[2], inMemory.Envelopes[0]], await store.Spool.ReadAsideAsync("acme", default, 10));
        Assert.Equal([waits.Envelopes[2]], await store.Spool.ReadAsideAsync("acme", waits.Envelopes[0].Key, 1));
        Assert.Empty(await store.Spool.ReadAsideAsync("other", default, 10));
        Assert.Equal([new QueueCount("acme", 4, 0, Mail.Start) { Suspended = 3 }, new QueueCount("other", 1, 0, Mail.Start)], (await store.Spool.CountAsync(Mail.Start)).ByTenant);
        Assert.Equal([("acme", 1L, 3L), ("other", 1L, 0L)], (await store.Spool.CountAsync(Mail.Start.AddHours(-1))).ByTenant.Select(c => (c.Name, c.Deferred, c.Suspended)));
        Assert.Equal(4, (await store.Spool.ReadLiveAsync("acme", null, default, 10)).Count);

        store = await ReopenAsync(store);
        Assert.Equal(3, (await store.Spool.CountAsync(Mail.Start)).Whole.Suspended);
        await store.Spool.TakeBackAsync([waits.Envelopes[0].Key, waits.Envelopes[1].Key, gone]);
        Assert.Equal([waits.Envelopes[0], waits.Envelopes[1]], await store.Spool.ReadWaitingAsync("acme", "example.com", DateTimeOffset.MinValue, default, Mail.Start.AddDays(1), 10));
        await store.Spool.SettleAsync([Mail.Settle(waits.Envelopes[2], OutcomeKind.Cancelled)]);
        Assert.Equal([inMemory.Envelopes[0]], await store.Spool.ReadAsideAsync("acme", default, 10));
        Assert.Equal(1, (await store.Spool.CountAsync(Mail.Start)).Whole.Suspended);
    }

    [Fact]
    public async Task AcceptAsync_many_callers_share_few_transactions()
    {
        var store = await OpenAsync();
        var before = store.Commits;
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(n => store.Spool.AcceptAsync(Mail.Accept(Mail.Message(n))).AsTask()));

        Assert.InRange(store.Commits - before, 1, 500);
        Assert.Equal(2_000, (await store.Spool.CountAsync(Mail.Start)).Whole.Total);
    }

    [Fact]
    public async Task AcceptAsync_one_bad_message_keeps_none_of_its_request_and_all_of_the_others()
    {
        var store = await OpenAsync();
        var bad = new AcceptRequest([Mail.Message(1), Mail.Message(2), Mail.Message(1)], true);
        var good = Enumerable.Range(10, 50).Select(n => store.Spool.AcceptAsync(Mail.Accept(Mail.Message(n))).AsTask()).ToList();
        var refused = store.Spool.AcceptAsync(bad).AsTask();
        good.AddRange(Enumerable.Range(60, 50).Select(n => store.Spool.AcceptAsync(Mail.Accept(Mail.Message(n))).AsTask()));

        await Assert.ThrowsAsync<InvalidOperationException>(() => refused);
        await Task.WhenAll(good);
        Assert.True(store.Spool.IsAvailable);
        Assert.Null(await store.Spool.FindAsync(Mail.Id(2)));
        Assert.Equal(100, (await store.Spool.CountAsync(Mail.Start)).Whole.Total);
    }

    [Fact]
    public async Task AcceptAsync_recipients_that_ended_at_once_are_logged_with_the_message()
    {
        var store = await OpenAsync();
        var message = Mail.Message(1, recipients: 2);
        var ended = message with { Envelopes = [message.Envelopes[0]], EndedAtOnce = [Mail.Outcome(message.Envelopes[1], OutcomeKind.Suppressed, attempt: 0)] };
        await store.Spool.AcceptAsync(Mail.Accept(ended));

        var found = await store.Spool.FindAsync(message.Id);
        Assert.Equal(2, found!.RecipientCount);
        Assert.Equal(ended.EndedAtOnce[0] with { Position = 1 }, Assert.Single(found.History));
        Assert.Equal(1, store.Outcomes.LastPosition);
    }

    [Fact]
    public async Task AcceptAsync_text_no_dialect_can_hold_is_kept_without_it()
    {
        var store = await OpenAsync();
        var message = Mail.Message(1);
        await store.Spool.AcceptAsync(Mail.Accept(message));
        var hostile = Mail.Settle(message.Envelopes[0], OutcomeKind.Bounced);
        var text = "no\0such \ud800 user \ud83d\ude00";
        await store.Spool.SettleAsync([hostile with { Record = hostile.Record with { Reply = new(550, "5.1.1", text) } }]);

        var reply = (await store.Outcomes.ReadAsync(0, 10)).Single().Reply!;
        Assert.StartsWith("no", reply.Text, StringComparison.Ordinal);
        Assert.EndsWith(" user \ud83d\ude00", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\ud800'.ToString(), reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AcceptAsync_same_key_and_request_answers_what_was_answered_first()
    {
        var store = await OpenAsync();
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(1), claim: Mail.Claim("k", "a", Mail.Start, "first")));
        var second = await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(2), claim: Mail.Claim("k", "a", Mail.Start.AddHours(23), "second")));

        Assert.Equal("first"u8.ToArray(), Assert.IsType<AcceptResult.Repeated>(second).Response.ToArray());
        Assert.Null(await store.Spool.FindAsync(Mail.Id(2)));
    }

    [Fact]
    public async Task AcceptAsync_same_key_at_once_keeps_one()
    {
        var store = await OpenAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(n =>
            store.Spool.AcceptAsync(Mail.Accept(Mail.Message(n), claim: Mail.Claim("k", "a", Mail.Start, n.ToString()))).AsTask()));

        Assert.Single(results.OfType<AcceptResult.Kept>());
        Assert.Equal(63, results.OfType<AcceptResult.Repeated>().Count());
        var kept = Array.FindIndex(results, result => result is AcceptResult.Kept).ToString();
        Assert.All(results.OfType<AcceptResult.Repeated>(), result => Assert.Equal(kept, System.Text.Encoding.UTF8.GetString(result.Response.Span)));
        Assert.Equal(1, (await store.Spool.CountAsync(Mail.Start)).Whole.Total);
    }

    [Fact]
    public async Task AcceptAsync_same_key_different_request_is_refused()
    {
        var store = await OpenAsync();
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(1), claim: Mail.Claim("k", "a", Mail.Start)));
        var result = await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(2), claim: Mail.Claim("k", "b", Mail.Start)));

        Assert.IsType<AcceptResult.KeyReused>(result);
        Assert.Null(await store.Spool.FindAsync(Mail.Id(2)));
        var other = Mail.Claim("k", "b", Mail.Start) with { Tenant = "other" };
        Assert.IsType<AcceptResult.Kept>(await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(3), claim: other)));
    }

    [Fact]
    public async Task AcceptAsync_same_key_after_24_hours_is_new()
    {
        var store = await OpenAsync();
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(1), claim: Mail.Claim("k", "a", Mail.Start)));
        Assert.IsType<AcceptResult.Kept>(await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(2), claim: Mail.Claim("k", "b", Mail.Start.AddHours(24), "second"))));

        var again = await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(3), claim: Mail.Claim("k", "b", Mail.Start.AddHours(25))));
        Assert.Equal("second"u8.ToArray(), Assert.IsType<AcceptResult.Repeated>(again).Response.ToArray());
    }

    [Theory]
    [InlineData(OutcomeKind.Delivered)]
    [InlineData(OutcomeKind.Bounced)]
    [InlineData(OutcomeKind.Expired)]
    [InlineData(OutcomeKind.Suppressed)]
    [InlineData(OutcomeKind.Cancelled)]
    public async Task SettleAsync_a_final_outcome_ends_the_envelope_once(OutcomeKind kind)
    {
        var store = await OpenAsync();
        var message = Mail.Message(1, recipients: 2);
        await store.Spool.AcceptAsync(Mail.Accept(message));
        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => store.Spool.SettleAsync([Mail.Settle(message.Envelopes[0], kind)]).AsTask()));

        var record = Assert.Single(all.SelectMany(records => records));
        Assert.Equal(Mail.Outcome(message.Envelopes[0], kind) with { Position = 1 }, record);
        Assert.Equal([record], await store.Outcomes.ReadAsync(0, 10));
        var found = await store.Spool.FindAsync(message.Id);
        Assert.Equal([message.Envelopes[1]], found!.Live);
        Assert.NotNull(await store.Spool.ReadBodyAsync(message.Id));
    }

    [Fact]
    public async Task SettleAsync_last_recipient_of_a_message_lets_its_body_go()
    {
        var store = await OpenAsync();
        var first = Mail.Message(1);
        var second = Mail.Message(2);
        await store.Spool.AcceptAsync(new([first, second], true));
        await store.Spool.SettleAsync([Mail.Settle(first.Envelopes[0])]);
        await store.Spool.SettleAsync([Mail.Settle(second.Envelopes[0])]);

        Assert.Null(await store.Spool.ReadBodyAsync(first.Id));
        Assert.Empty((await store.Spool.FindAsync(first.Id))!.Live);
    }

    [Fact]
    public async Task SettleAsync_several_outcomes_in_one_call_apply_in_their_order()
    {
        var store = await OpenAsync();
        var message = Mail.Message(1);
        await store.Spool.AcceptAsync(Mail.Accept(message));
        var envelope = message.Envelopes[0];
        var records = await store.Spool.SettleAsync(
        [
            Mail.Settle(envelope, OutcomeKind.Deferred, Mail.Start.AddHours(1)),
            Mail.Settle(envelope, OutcomeKind.Delivered, attempt: 2),
            Mail.Settle(envelope, OutcomeKind.Bounced, attempt: 3),
            Mail.Settle(envelope, OutcomeKind.Deferred, Mail.Start.AddHours(1), attempt: 4),
        ]);

        Assert.Equal([(1, OutcomeKind.Deferred), (2, OutcomeKind.Delivered)], records.Select(record => (record.Position, record.Kind)));
        Assert.Empty((await store.Spool.FindAsync(message.Id))!.Live);
    }

    [Fact]
    public async Task SettleAsync_what_follows_a_delivery_is_logged_once_per_kind()
    {
        var store = await OpenAsync();
        var message = Mail.Message(1);
        await store.Spool.AcceptAsync(Mail.Accept(message));
        var envelope = message.Envelopes[0];
        await store.Spool.SettleAsync([Mail.Settle(envelope)]);
        Settlement[] after =
        [
            Mail.Settle(envelope, OutcomeKind.Complained),
            Mail.Settle(envelope, OutcomeKind.Unsubscribed),
            Mail.Settle(envelope, OutcomeKind.Bounced, deliveredAt: Mail.Start),
            Mail.Settle(envelope, OutcomeKind.Complained),
        ];

        Assert.Equal([OutcomeKind.Complained, OutcomeKind.Unsubscribed, OutcomeKind.Bounced], (await store.Spool.SettleAsync(after)).Select(record => record.Kind));
        Assert.Empty(await store.Spool.SettleAsync(after));
        var log = await store.Outcomes.ReadAsync(0, 10);
        Assert.Equal([1, 2, 3, 4], log.Select(record => record.Position));
        Assert.Equal(Mail.Start, log[3].DeliveredAt);
        Assert.Equal(log.OrderBy(record => (record.At, record.Position)), (await store.Spool.FindAsync(message.Id))!.History);
    }

    [Fact]
    public async Task SettleAsync_deferred_makes_the_envelope_wait_until_it_is_due()
    {
        var store = await OpenAsync();
        var message = Mail.Message(1);
        await store.Spool.AcceptAsync(Mail.Accept(message));
        Assert.Empty(await store.Spool.WaitingAsync());
        await store.Spool.SettleAsync([Mail.Settle(message.Envelopes[0], OutcomeKind.Deferred, Mail.Start.AddMinutes(15), attempt: 3)]);

        Assert.Equal(new WaitingGroup("acme", "example.com", "default", 1, Mail.Start.AddMinutes(15)), Assert.Single(await store.Spool.WaitingAsync()));
        Assert.Empty(await Waiting(store, Mail.Start.AddMinutes(14)));
        var waiting = Assert.Single(await Waiting(store, Mail.Start.AddMinutes(15)));
        Assert.Equal(message.Envelopes[0] with { Attempts = 3, DueAt = Mail.Start.AddMinutes(15) }, waiting);
        Assert.Equal(1, (await store.Spool.CountAsync(Mail.Start)).Whole.Deferred);
        Assert.Equal(0, (await store.Spool.CountAsync(Mail.Start.AddMinutes(15))).Whole.Deferred);

        await store.Spool.SettleAsync([Mail.Settle(waiting, attempt: 4)]);
        Assert.Empty(await store.Spool.WaitingAsync());
        Assert.Empty(await store.Spool.SettleAsync([Mail.Settle(waiting, OutcomeKind.Deferred, Mail.Start.AddDays(1))]));
    }

    [Fact]
    public async Task ReadWaitingAsync_reads_by_due_time_then_key_strictly_after_the_last()
    {
        var store = await OpenAsync();
        int[] minutes = [5, 1, 3, 1, 9];
        foreach (var (n, minute) in minutes.Index())
        {
            await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(n, due: Mail.Start.AddMinutes(minute)), toMemory: false));
        }

        var read = new List<int>();
        var (due, key) = (DateTimeOffset.MinValue, default(EnvelopeKey));
        while ((await store.Spool.ReadWaitingAsync("acme", "example.com", due, key, Mail.Start.AddMinutes(5), 2)) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 2);
            read.AddRange(page.Select(envelope => (int)(envelope.Key.Message.Value & 4095)));
            (due, key) = (page[^1].DueAt, page[^1].Key);
        }

        Assert.Equal([1, 3, 2, 0], read);
        Assert.Empty(await store.Spool.ReadWaitingAsync("acme", "other.example", DateTimeOffset.MinValue, default, DateTimeOffset.MaxValue, 10));
        Assert.Empty(await store.Spool.ReadWaitingAsync("other", "example.com", DateTimeOffset.MinValue, default, DateTimeOffset.MaxValue, 10));
    }

    [Fact]
    public async Task ReadWaitingAsync_100000_envelopes_are_read_in_small_pages()
    {
        var store = await OpenAsync();
        for (var n = 0; n < 100; n++)
        {
            await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(n, recipients: 1_000, due: Mail.Start.AddSeconds(100 - n)), toMemory: false));
        }

        Assert.Equal(100_000, Assert.Single(await store.Spool.WaitingAsync()).Count);
        var (count, due, key) = (0, DateTimeOffset.MinValue, default(EnvelopeKey));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        while ((await store.Spool.ReadWaitingAsync("acme", "example.com", due, key, DateTimeOffset.MaxValue, 1_000)) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= 1_000);
            Assert.True((page[0].DueAt, page[0].Key.Message, page[0].Key.Recipient).CompareTo((due, key.Message, key.Recipient)) > 0);
            (due, key) = (page[^1].DueAt, page[^1].Key);
            count += page.Count;
        }

        Assert.Equal(100_000, count);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64L << 20);
    }

    [Fact]
    public async Task CountAsync_and_ReadLiveAsync_tell_tenants_and_domains_apart()
    {
        var store = await OpenAsync();
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(1, recipients: 3)));
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(2, domain: "example.org", at: Mail.Start.AddHours(-1)), toMemory: false));
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(3, tenant: "globex", due: Mail.Start.AddHours(1)), toMemory: false));

        var counts = await store.Spool.CountAsync(Mail.Start);
        Assert.Equal(new QueueCount("", 5, 1, Mail.Start.AddHours(-1)), counts.Whole);
        Assert.Equal([new QueueCount("acme", 4, 0, Mail.Start.AddHours(-1)), new QueueCount("globex", 1, 1, Mail.Start)], counts.ByTenant);
        Assert.Equal([new QueueCount("example.com", 4, 1, Mail.Start), new QueueCount("example.org", 1, 0, Mail.Start.AddHours(-1))], counts.ByDomain);
        Assert.Equal((5, 1, 1), ((await store.Spool.CountAsync(Mail.Start, 1)).Whole.Total, (await store.Spool.CountAsync(Mail.Start, 1)).ByTenant.Count, (await store.Spool.CountAsync(Mail.Start, 1)).ByDomain.Count));
        Assert.Equal(5, (await store.Spool.ReadLiveAsync(null, null, default, 10)).Count);
        Assert.Equal(4, (await store.Spool.ReadLiveAsync("acme", null, default, 10)).Count);
        Assert.Equal(4, (await store.Spool.ReadLiveAsync(null, "example.com", default, 10)).Count);
        var page = await store.Spool.ReadLiveAsync("acme", "example.com", default, 2);
        Assert.Equal([0, 1], page.Select(envelope => envelope.Key.Recipient));
        Assert.Equal(2, Assert.Single(await store.Spool.ReadLiveAsync("acme", "example.com", page[^1].Key, 2)).Key.Recipient);
    }

    [Fact]
    public async Task FlushAsync_makes_what_waits_for_a_domain_due_now()
    {
        var store = await OpenAsync();
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(1, recipients: 2_500, due: Mail.Start.AddHours(1)), toMemory: false));
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(2, domain: "example.org", due: Mail.Start.AddHours(1)), toMemory: false));
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(3, due: Mail.Start.AddHours(1)), toMemory: true));

        Assert.Equal(2_500, await store.Spool.FlushAsync("acme", "example.com", Mail.Start));
        Assert.Equal(0, await store.Spool.FlushAsync("acme", "example.com", Mail.Start));
        Assert.Equal(0, await store.Spool.FlushAsync("other", null, Mail.Start));
        Assert.Equal([Mail.Start, Mail.Start.AddHours(1)], (await store.Spool.WaitingAsync()).Select(group => group.EarliestDue));
        Assert.Equal(1, await store.Spool.FlushAsync(null, null, Mail.Start));
    }

    [Fact]
    public async Task ReleaseAsync_lets_held_mail_go_and_no_flush_does()
    {
        var store = await OpenAsync();
        var held = Mail.Message(1, recipients: 2, due: Envelope.HeldUntil);
        await store.Spool.AcceptAsync(Mail.Accept(held, toMemory: false));
        Assert.Equal(0, await store.Spool.FlushAsync(null, null, Mail.Start));
        store = await ReopenAsync(store);
        Assert.All((await store.Spool.FindAsync(held.Id))!.Live, envelope => Assert.True(envelope.IsHeld));
        Assert.Empty(await Waiting(store, Mail.Start.AddYears(100)));

        Assert.Equal(2, await store.Spool.ReleaseAsync(held.Id, Mail.Start.AddDays(9), Mail.Start.AddDays(14)));
        Assert.Equal(0, await store.Spool.ReleaseAsync(held.Id, Mail.Start, Mail.Start));

        Assert.All(await Waiting(store, Mail.Start.AddDays(9)), envelope => Assert.Equal((Mail.Start.AddDays(9), Mail.Start.AddDays(14)), (envelope.DueAt, envelope.ExpiresAt)));
        Assert.Equal(2, (await Waiting(store, Mail.Start.AddDays(9))).Count);
    }

    [Fact]
    public async Task AcceptAsync_after_close_is_refused_as_unavailable()
    {
        var store = await OpenAsync();
        await store.CloseAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(1))));
        Assert.False(store.Spool.IsAvailable);
    }

    private static ValueTask<IReadOnlyList<Envelope>> Waiting(GridStore store, DateTimeOffset dueBy) =>
        store.Spool.ReadWaitingAsync("acme", "example.com", DateTimeOffset.MinValue, default, dueBy, 100);
}

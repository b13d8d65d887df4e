using System.Collections.Concurrent;
using Grid.Core.Vocabulary;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Outcomes;

public abstract class OutcomeLogTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    [Fact]
    public async Task OnCommitted_a_consumer_that_fails_keeps_nothing_from_the_next_nor_from_the_writer()
    {
        var store = await OpenAsync();
        var seen = new ConcurrentQueue<OutcomeRecord>();
        store.Outcomes.OnCommitted(_ => throw new InvalidOperationException("broken"));
        store.Outcomes.OnCommitted(records => seen.Enqueue(records[0]));
        var message = Mail.Message(1);
        await store.Spool.AcceptAsync(Mail.Accept(message));
        Assert.Single(await store.Spool.SettleAsync([Mail.Settle(message.Envelopes[0])]));
        Assert.Single(seen);
    }

    [Fact]
    public async Task OnCommitted_many_writers_sees_every_record_in_log_order_before_its_writer_goes_on()
    {
        var store = await OpenAsync();
        var seen = new ConcurrentQueue<OutcomeRecord>();
        store.Outcomes.OnCommitted(records =>
        {
            foreach (var record in records)
            {
                seen.Enqueue(record);
            }
        });
        var message = Mail.Message(1, recipients: 500);
        await store.Spool.AcceptAsync(Mail.Accept(message));
        await Task.WhenAll(message.Envelopes.Select(async envelope =>
        {
            var record = Assert.Single(await store.Spool.SettleAsync([Mail.Settle(envelope)]));
            Assert.True(seen.Count >= record.Position);
        }));

        Assert.Equal(Enumerable.Range(1, 500).Select(n => (long)n), seen.Select(record => record.Position));
        Assert.Equal(seen, await store.Outcomes.ReadAsync(0, 1_000));
    }

    [Fact]
    public async Task ReadAsync_after_restarts_positions_go_on_without_gaps()
    {
        var store = await OpenAsync();
        Assert.Equal(0, store.Outcomes.LastPosition);
        for (var n = 0; n < 3; n++)
        {
            var message = Mail.Message(n, recipients: 3);
            await store.Spool.AcceptAsync(Mail.Accept(message));
            await store.Spool.SettleAsync([.. message.Envelopes.Select(envelope => Mail.Settle(envelope))]);
            Assert.Equal((n + 1) * 3, store.Outcomes.LastPosition);
            store = await ReopenAsync(store);
            Assert.Equal((n + 1) * 3, store.Outcomes.LastPosition);
        }

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], (await store.Outcomes.ReadAsync(0, 100)).Select(record => record.Position));
        Assert.Equal([5, 6], (await store.Outcomes.ReadAsync(4, 2)).Select(record => record.Position));
        Assert.Empty(await store.Outcomes.ReadAsync(9, 10));
    }

    [Fact]
    public async Task ReadAsync_after_a_refused_write_positions_have_no_gap()
    {
        var store = await OpenAsync();
        var message = Mail.Message(1, recipients: 2);
        await store.Spool.AcceptAsync(Mail.Accept(message));
        var clash = message with { EndedAtOnce = [Mail.Outcome(message.Envelopes[0], OutcomeKind.Suppressed)] };
        var first = store.Spool.SettleAsync([Mail.Settle(message.Envelopes[0])]).AsTask();
        var refused = store.Spool.AcceptAsync(Mail.Accept(clash)).AsTask();
        var second = store.Spool.SettleAsync([Mail.Settle(message.Envelopes[1])]).AsTask();

        await Assert.ThrowsAsync<InvalidOperationException>(() => refused);
        Assert.Equal([1, 2], (await Task.WhenAll(first, second)).SelectMany(records => records).Select(record => record.Position).Order());
        Assert.Equal([1, 2], (await store.Outcomes.ReadAsync(0, 10)).Select(record => record.Position));
    }

    [Fact]
    public async Task ReadTenantAsync_looks_at_no_more_than_it_may_and_says_where_to_go_on()
    {
        var store = await OpenAsync();
        for (var n = 0; n < 10; n++)
        {
            var message = Mail.Message(n, tenant: n % 3 == 0 ? "acme" : "globex");
            await store.Spool.AcceptAsync(Mail.Accept(message));
            await store.Spool.SettleAsync([Mail.Settle(message.Envelopes[0])]);
        }

        var (records, next) = await store.Outcomes.ReadTenantAsync("acme", 0, limit: 10, scanLimit: 5);
        Assert.Equal([1, 4, 5], records.Select(record => record.Position).Append(next));
        (records, next) = await store.Outcomes.ReadTenantAsync("acme", next, limit: 1, scanLimit: 5);
        Assert.Equal([7, 7], records.Select(record => record.Position).Append(next));
        (records, next) = await store.Outcomes.ReadTenantAsync("acme", next, limit: 10, scanLimit: 100);
        Assert.Equal([10, 10], records.Select(record => record.Position).Append(next));
        (records, next) = await store.Outcomes.ReadTenantAsync("acme", next, limit: 10, scanLimit: 100);
        Assert.Equal((0, 10), (records.Count, next));
    }

    [Fact]
    public async Task WriteCheckpointAsync_moves_forward_only_and_survives_a_restart()
    {
        var store = await OpenAsync();
        Assert.Equal(0, await store.Outcomes.ReadCheckpointAsync());
        await store.Outcomes.WriteCheckpointAsync(7);
        await store.Outcomes.WriteCheckpointAsync(5);
        Assert.Equal(7, await store.Outcomes.ReadCheckpointAsync());
        store = await ReopenAsync(store);
        Assert.Equal(7, await store.Outcomes.ReadCheckpointAsync());
    }
}

using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Outcomes;

public abstract class RetentionTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    [Fact]
    public async Task RunAsync_old_outcomes_become_daily_sums_but_never_past_the_checkpoint()
    {
        var store = await OpenAsync();
        await DeliverAsync(store, 600);
        store = await LaterAsync(store, TimeSpan.FromDays(31));
        await store.Janitor!.RunAsync(default);
        Assert.Equal(600, (await store.Outcomes.ReadAsync(0, 1_000)).Count);

        await store.Outcomes.WriteCheckpointAsync(400);
        await store.Janitor.RunAsync(default);
        Assert.Equal(401, (await store.Outcomes.ReadAsync(0, 1_000))[0].Position);
        Assert.Equal(400, await SumAsync(store));

        await store.Outcomes.WriteCheckpointAsync(600);
        await store.Janitor.RunAsync(default);
        Assert.Equal(600, Assert.Single(await store.Outcomes.ReadAsync(0, 1_000)).Position);
        Assert.Equal(599, await SumAsync(store));
        store = await ReopenAsync(store);
        Assert.Equal(600, store.Outcomes.LastPosition);
    }

    [Fact]
    public async Task RunAsync_outcomes_within_their_retention_stay()
    {
        var store = await OpenAsync();
        await DeliverAsync(store, 10);
        await store.Outcomes.WriteCheckpointAsync(10);
        store = await LaterAsync(store, TimeSpan.FromDays(29));
        await store.Janitor!.RunAsync(default);
        Assert.Equal(10, (await store.Outcomes.ReadAsync(0, 1_000)).Count);
        Assert.Equal(0, await SumAsync(store));
    }

    [Fact]
    public async Task RunAsync_old_messages_go_unless_a_recipient_is_still_queued()
    {
        var store = await OpenAsync();
        var finished = Mail.Message(1);
        var queued = Mail.Message(2);
        var young = Mail.Message(3, at: Mail.Start.AddDays(10));
        await store.Spool.AcceptAsync(new([finished, queued, young], true));
        await store.Spool.SettleAsync([Mail.Settle(finished.Envelopes[0]), Mail.Settle(young.Envelopes[0])]);
        store = await LaterAsync(store, TimeSpan.FromDays(31));
        await store.Janitor!.RunAsync(default);

        Assert.Null(await store.Spool.FindAsync(finished.Id));
        Assert.NotNull(await store.Spool.FindAsync(queued.Id));
        Assert.NotNull(await store.Spool.FindAsync(young.Id));
        Assert.NotNull(await store.Spool.ReadBodyAsync(queued.Id));
    }

    [Fact]
    public async Task RunAsync_bodies_are_kept_for_their_retention_after_the_last_outcome()
    {
        static void TwoHours(StoreOptions options) => options.BodyRetention = TimeSpan.FromHours(2);
        var store = await OpenAsync(TwoHours);
        var message = Mail.Message(1);
        await store.Spool.AcceptAsync(Mail.Accept(message));
        await store.Spool.SettleAsync([Mail.Settle(message.Envelopes[0], at: Mail.Start.AddHours(1))]);
        store = await LaterAsync(store, TimeSpan.FromHours(2.5), TwoHours);
        await store.Janitor!.RunAsync(default);
        Assert.NotNull(await store.Spool.ReadBodyAsync(message.Id));

        store = await LaterAsync(store, TimeSpan.FromHours(1), TwoHours);
        await store.Janitor!.RunAsync(default);
        Assert.Null(await store.Spool.ReadBodyAsync(message.Id));
    }

    [Fact]
    public async Task RunAsync_nothing_of_a_tenant_under_a_legal_hold_goes_until_it_is_released()
    {
        var store = await OpenAsync();
        var (held, free) = (Mail.Message(1), Mail.Message(2, tenant: "acm"));
        await store.Spool.AcceptAsync(new([held, free], true));
        await store.Registry.WriteAsync("legal-hold", "acme/case-1", "{}");
        await store.Spool.SettleAsync([Mail.Settle(held.Envelopes[0]), Mail.Settle(free.Envelopes[0])]);
        await store.Outcomes.WriteCheckpointAsync(2);
        await DeliverAsync(store, 3, number: 3);
        await store.Outcomes.WriteCheckpointAsync(5);
        store = await LaterAsync(store, TimeSpan.FromDays(31));
        await store.Janitor!.RunAsync(default);

        Assert.NotNull(await store.Spool.FindAsync(held.Id));
        Assert.NotNull(await store.Spool.ReadBodyAsync(held.Id));
        Assert.Equal([1L, 3, 4, 5], (await store.Outcomes.ReadAsync(0, 10)).Select(r => r.Position));
        Assert.Null(await store.Spool.FindAsync(free.Id));
        Assert.Null(await store.Spool.ReadBodyAsync(free.Id));

        await store.Registry.RemoveAsync("legal-hold", "acme/case-1");
        store = await LaterAsync(store, TimeSpan.FromHours(2));
        await store.Janitor!.RunAsync(default);
        Assert.Null(await store.Spool.FindAsync(held.Id));
        Assert.Null(await store.Spool.ReadBodyAsync(held.Id));
        Assert.Equal([5L], (await store.Outcomes.ReadAsync(0, 10)).Select(r => r.Position));
    }

    [Fact]
    public async Task RunAsync_idempotency_keys_go_after_24_hours()
    {
        var store = await OpenAsync();
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(1), claim: Mail.Claim("old", "a", Mail.Start)));
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(2), claim: Mail.Claim("new", "a", Mail.Start.AddHours(1))));
        store = await LaterAsync(store, TimeSpan.FromHours(24));
        await store.Janitor!.RunAsync(default);

        Assert.Equal(["new"], await store.Reads.ListAsync("SELECT key FROM idempotency", [], row => row.GetString(0), default));
        Assert.IsType<AcceptResult.Repeated>(await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(3), claim: Mail.Claim("new", "a", Mail.Start.AddHours(24)))));
    }

    /// <summary>Lets time pass while the store is closed, so that its own rounds don't mix with the test's.</summary>
    private async Task<GridStore> LaterAsync(GridStore store, TimeSpan span, Action<StoreOptions>? configure = null)
    {
        await store.CloseAsync();
        Clock.Advance(span);
        return await OpenAsync(configure);
    }

    private static async Task DeliverAsync(GridStore store, int recipients, int number = 1)
    {
        var message = Mail.Message(number, recipients);
        await store.Spool.AcceptAsync(Mail.Accept(message));
        await store.Spool.SettleAsync([.. message.Envelopes.Select(envelope => Mail.Settle(envelope))]);
    }

    private static async Task<long> SumAsync(GridStore store) => (await store.Reads.ListAsync(
        "SELECT day, tenant, ip, domain, kind, count FROM outcome_day", [], row => (row.GetInt64(0), row.GetString(1), row.GetString(3), row.GetInt32(4), Count: row.GetInt64(5)), default))
        .Sum(row => row == (Mail.Start.ToUnixTimeSeconds() / 86_400, "acme", "example.com", (int)OutcomeKind.Delivered, row.Count) ? row.Count : 0);
}

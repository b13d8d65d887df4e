using Grid.Core.Vocabulary;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Queue;

public abstract class CrashTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    [Fact]
    public async Task OpenAsync_after_sigkill_finds_every_envelope_waiting_and_what_was_delivered_but_not_settled()
    {
        await CrashingProcess.RunAsync(Bed.Options());
        var store = await OpenAsync();

        var group = Assert.Single(await store.Spool.WaitingAsync());
        Assert.Equal((3, Mail.Start), (group.Count, group.EarliestDue));
        var waiting = await store.Spool.ReadWaitingAsync("acme", "example.com", DateTimeOffset.MinValue, default, DateTimeOffset.MaxValue, 10);
        Assert.Equal(
            [CrashingProcess.InMemory.Envelopes[1], CrashingProcess.InMemory.Envelopes[2], CrashingProcess.Deferred.Envelopes[0] with { Attempts = 1, DueAt = Mail.Start.AddHours(1) }],
            waiting);
        Assert.Equal([(CrashingProcess.InMemory.Envelopes[1].Key, Mail.Start.AddSeconds(2), false)], store.Marks.Recovered);
        Assert.Equal([OutcomeKind.Delivered, OutcomeKind.Deferred], (await store.Outcomes.ReadAsync(0, 10)).Select(record => record.Kind));
        Assert.NotNull(await store.Spool.ReadBodyAsync(CrashingProcess.InMemory.Id));

        await store.Spool.SettleAsync([Mail.Settle(CrashingProcess.InMemory.Envelopes[1])]);
        store.Marks.ClearRecovered();
        store = await ReopenAsync(store);
        Assert.Empty(store.Marks.Recovered);
        Assert.Equal(3, store.Outcomes.LastPosition);
        Assert.Equal(2, Assert.Single(await store.Spool.WaitingAsync()).Count);
    }

    [Fact]
    public async Task OpenAsync_after_sigkill_marks_not_yet_settled_are_found_again()
    {
        await CrashingProcess.RunAsync(Bed.Options());
        var store = await OpenAsync();
        Assert.Single(store.Marks.Recovered);
        store = await ReopenAsync(store);
        Assert.Single(store.Marks.Recovered);
    }

    [Fact]
    public async Task OpenAsync_orphaned_bodies_go_with_the_next_sweep()
    {
        var store = await OpenAsync(options => options.BodyRetention = TimeSpan.FromDays(1));
        var message = Mail.Message(1);
        var queued = Mail.Message(2);
        await store.Spool.AcceptAsync(new([message, queued], true));
        await store.Spool.SettleAsync([Mail.Settle(message.Envelopes[0])]);
        store = await ReopenAsync(store);
        Assert.NotNull(await store.Spool.ReadBodyAsync(message.Id));

        Clock.Advance(TimeSpan.FromSeconds(30));
        await store.Janitor!.RunAsync(default);
        Assert.Null(await store.Spool.ReadBodyAsync(message.Id));
        Assert.NotNull(await store.Spool.ReadBodyAsync(queued.Id));
    }
}

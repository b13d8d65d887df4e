using Grid.Core.Vocabulary;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Outcomes;

public abstract class OutcomeHistoryTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    [Fact]
    public async Task ReadAsync_gives_what_counts_from_one_instant_to_before_another()
    {
        var store = await OpenAsync();
        for (var n = 0; n < 10; n++)
        {
            var message = Mail.Message(n, at: Mail.Start.AddHours(3 * n));
            await store.Spool.AcceptAsync(Mail.Accept(message));
            await store.Spool.SettleAsync([Mail.Settle(message.Envelopes[0], n % 2 == 0 ? OutcomeKind.Delivered : OutcomeKind.Bounced, at: Mail.Start.AddHours(3 * n))]);
        }

        var found = await ReadAsync(store, Mail.Start.AddHours(6), Mail.Start.AddHours(15));
        Assert.Equal([6, 9, 12], found.Select(r => (r.At - Mail.Start).TotalHours));
        Assert.Equal([OutcomeKind.Delivered, OutcomeKind.Bounced, OutcomeKind.Delivered], found.Select(r => r.Kind));
        Assert.All(found, r => Assert.Equal(("acme", "example.com", "mx.example.com"), (r.Tenant, r.Domain, r.Site)));
        Assert.Equal(10, (await ReadAsync(store, Mail.Start.AddDays(-1), Mail.Start.AddDays(9))).Count);
        Assert.Empty(await ReadAsync(store, Mail.Start.AddDays(5), Mail.Start.AddDays(9)));
        Assert.Empty(await ReadAsync(store, Mail.Start.AddDays(-5), Mail.Start));
    }

    [Fact]
    public async Task DaysAsync_gives_sums_of_what_is_past_its_retention()
    {
        var store = await OpenAsync();
        var message = Mail.Message(1, recipients: 5);
        await store.Spool.AcceptAsync(Mail.Accept(message));
        await store.Spool.SettleAsync([.. message.Envelopes.Take(3).Select(e => Mail.Settle(e))]);
        await store.Spool.SettleAsync([.. message.Envelopes.Skip(3).Take(1).Select(e => new Settlement(Mail.Outcome(e, OutcomeKind.Bounced) with { Hard = true }, null))]);
        await store.Spool.SettleAsync([Mail.Settle(message.Envelopes[4], OutcomeKind.Bounced)]);
        await store.Outcomes.WriteCheckpointAsync(5);
        Clock.Advance(Mail.Start - Clock.GetUtcNow() + TimeSpan.FromDays(31));
        await store.Janitor!.RunAsync(default);

        var day = DateOnly.FromDateTime(Mail.Start.UtcDateTime);
        var sums = new List<OutcomeDay>();
        await foreach (var page in store.History.DaysAsync(day.AddDays(-2), day.AddDays(2)))
        {
            sums.AddRange(page);
        }

        Assert.Equal([(3, 0), (0, 1)], sums.Select(s => ((int)s.Totals.Delivered, (int)s.Totals.HardBounces)));
        Assert.All(sums, s => Assert.Equal((day, "acme", "example.com"), (s.Day, s.Tenant, s.Domain)));
        Assert.Equal(3, sums[0].Totals.DeliveredReporting);
    }

    private static async Task<List<OutcomeRecord>> ReadAsync(GridStore store, DateTimeOffset from, DateTimeOffset to)
    {
        var found = new List<OutcomeRecord>();
        await foreach (var page in store.History.ReadAsync(from, to))
        {
            found.AddRange(page);
        }

        return found;
    }
}

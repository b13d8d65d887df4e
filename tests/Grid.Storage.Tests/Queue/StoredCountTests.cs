using Grid.Core.Vocabulary;
using Grid.Storage.Queue;
using Grid.Storage.Sql;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Queue;

public abstract class StoredCountTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    private static readonly StoredCount Nothing = new(0, 0, 0, null);

    [Fact]
    public async Task CountStoredAsync_tenant_domain_and_both_are_counted_apart()
    {
        var store = await OpenAsync();
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(1, recipients: 3), toMemory: false));
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(2, domain: "example.org", at: Mail.Start.AddHours(-1)), toMemory: false));
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(3, tenant: "globex", at: Mail.Start.AddHours(-2), due: Mail.Start.AddHours(1)), toMemory: false));
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(4, tenant: "initech", domain: "example.net"), toMemory: false));

        Assert.Equal(new StoredCount(4, 0, 0, Mail.Start.AddHours(-1)), await store.Spool.CountStoredAsync("acme", null, Mail.Start));
        Assert.Equal(new StoredCount(4, 1, 0, Mail.Start.AddHours(-2)), await store.Spool.CountStoredAsync(null, "example.com", Mail.Start));
        Assert.Equal(new StoredCount(4, 0, 0, Mail.Start.AddHours(-2)), await store.Spool.CountStoredAsync(null, "example.com", Mail.Start.AddHours(1)));
        Assert.Equal(new StoredCount(3, 0, 0, Mail.Start), await store.Spool.CountStoredAsync("acme", "example.com", Mail.Start));
        Assert.Equal(new StoredCount(1, 0, 0, Mail.Start), await store.Spool.CountStoredAsync(null, "example.net", Mail.Start));
        Assert.Equal(Nothing, await store.Spool.CountStoredAsync("globex", "example.org", Mail.Start));
        Assert.Equal(Nothing, await store.Spool.CountStoredAsync("nobody", null, Mail.Start));
        Assert.Equal(Nothing, await store.Spool.CountStoredAsync(null, "nowhere.example", Mail.Start));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.Spool.CountStoredAsync(null, null, Mail.Start));
    }

    [Fact]
    public async Task CountStoredAsync_empty_store_has_nothing()
    {
        var store = await OpenAsync();
        Assert.Equal(Nothing, await store.Spool.CountStoredAsync("acme", null, Mail.Start));
        Assert.Equal(Nothing, await store.Spool.CountStoredAsync(null, "example.com", Mail.Start));
    }

    [Fact]
    public async Task CountStoredAsync_mail_aside_is_suspended_and_not_deferred()
    {
        var store = await OpenAsync();
        var mail = Mail.Message(1, recipients: 3, due: Mail.Start.AddHours(1));
        await store.Spool.AcceptAsync(Mail.Accept(mail, toMemory: false));
        await store.Spool.PutAsideAsync([mail.Envelopes[0].Key, mail.Envelopes[1].Key]);

        var expected = new StoredCount(3, 1, 2, Mail.Start);
        Assert.Equal(expected, await store.Spool.CountStoredAsync("acme", null, Mail.Start));
        Assert.Equal(expected, await store.Spool.CountStoredAsync(null, "example.com", Mail.Start));
        Assert.Equal(expected, await store.Spool.CountStoredAsync("acme", "example.com", Mail.Start));

        await store.Spool.PutAsideAsync([mail.Envelopes[2].Key]);
        Assert.Equal(new StoredCount(3, 0, 3, Mail.Start), await store.Spool.CountStoredAsync(null, "example.com", Mail.Start));
    }

    [Fact]
    public async Task CountStoredAsync_what_was_in_memory_counts_once_it_is_deferred_and_all_of_it_after_a_restart()
    {
        var store = await OpenAsync();
        var mail = Mail.Message(1, recipients: 3);
        await store.Spool.AcceptAsync(Mail.Accept(mail));
        Assert.Equal(Nothing, await store.Spool.CountStoredAsync("acme", null, Mail.Start));

        await store.Spool.SettleAsync([Mail.Settle(mail.Envelopes[0], OutcomeKind.Deferred, Mail.Start.AddMinutes(20)), Mail.Settle(mail.Envelopes[1])]);
        Assert.Equal(new StoredCount(1, 1, 0, Mail.Start), await store.Spool.CountStoredAsync("acme", null, Mail.Start));

        store = await ReopenAsync(store);
        Assert.Equal(new StoredCount(2, 1, 0, Mail.Start), await store.Spool.CountStoredAsync("acme", null, Mail.Start));
        Assert.Equal(new StoredCount(2, 1, 0, Mail.Start), await store.Spool.CountStoredAsync(null, "example.com", Mail.Start));
    }

    [Fact]
    public async Task CountAsync_empty_store_has_nothing()
    {
        var store = await OpenAsync();
        var counts = await store.Spool.CountAsync(Mail.Start);
        Assert.Equal(new QueueCount("", 0, 0, DateTimeOffset.MaxValue), counts.Whole);
        Assert.Empty(counts.ByTenant);
        Assert.Empty(counts.ByDomain);
    }

    [Fact]
    public async Task QueueTally_more_domains_than_it_keeps_are_counted_exactly()
    {
        var store = await OpenAsync();
        for (var i = 0; i < 40; i++)
        {
            await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(i, recipients: 1 + (i % 7), tenant: "tenant" + (i % 3), domain: $"domain-{i % 20}.example", at: Mail.Start.AddMinutes(-i)), toMemory: i % 2 == 0));
        }

        var (tally, passes) = (new QueueTally(5, mostNames: 3), 0);
        do
        {
            passes++;
            await store.Reads.ScanAsync(
                async (session, cancel) =>
                {
                    await session.EachAsync($"SELECT {QueueTally.Columns} FROM envelope", [Mail.Start.ToStored()], tally.Add, cancel);
                    return true;
                },
                default);
        }
        while (tally.Next());

        var (expected, found) = (await store.Spool.CountAsync(Mail.Start, 5), tally.Result());
        Assert.True(passes >= 20 / 3, $"{passes} passes");
        Assert.Equal(5, found.ByDomain.Count);
        Assert.Equal((expected.Whole, 3), (found.Whole, found.ByTenant.Count));
        Assert.Equal(expected.ByTenant, found.ByTenant);
        Assert.Equal(expected.ByDomain, found.ByDomain);
    }

    [Fact]
    public async Task WaitingAsync_pages_are_the_whole()
    {
        var store = await OpenAsync();
        for (var i = 0; i < 12; i++)
        {
            await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(i, tenant: "tenant" + (i % 3), domain: $"domain-{i % 6}.example"), toMemory: false));
        }

        var whole = await store.Spool.WaitingAsync();
        Assert.Equal(6, whole.Count);
        var pages = new List<WaitingGroup>();
        while (await store.Spool.WaitingAsync(pages.LastOrDefault()?.Tenant ?? "", pages.LastOrDefault()?.Domain ?? "", 4) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 4);
            pages.AddRange(page);
        }

        Assert.Equal(whole, pages);
    }
}

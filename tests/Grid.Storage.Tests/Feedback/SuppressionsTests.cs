using Grid.Core.Vocabulary;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Feedback;

public abstract class SuppressionsTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    [Fact]
    public async Task AddAsync_an_entry_is_found_for_its_tenant_at_once_and_after_a_restart()
    {
        var store = await OpenAsync();
        var entry = Entry("acme", "a@example.com", SuppressionReason.Complaint) with { Detail = "feedback loop" };
        await store.Suppressions.AddAsync(entry);

        Assert.Equal(entry, await store.Suppressions.FindAsync("acme", "a@example.com"));
        Assert.Null(await store.Suppressions.FindAsync("globex", "a@example.com"));
        Assert.Null(await store.Suppressions.FindAsync("acme", "b@example.com"));
        store = await ReopenAsync(store);
        Assert.Equal(entry, await store.Suppressions.FindAsync("acme", "a@example.com"));
    }

    [Fact]
    public async Task AddAfterAsync_suppresses_with_the_last_of_so_many_occasions_and_over_a_restart()
    {
        var store = await OpenAsync();
        var entry = Entry("acme", "a@example.com", SuppressionReason.HardBounce);
        Assert.False(await store.Suppressions.AddAfterAsync(entry, 3, TimeSpan.FromDays(90), "m1/0"));
        Assert.False(await store.Suppressions.AddAfterAsync(entry, 3, TimeSpan.FromDays(90), "m1/0"));
        store = await ReopenAsync(store);
        Assert.False(await store.Suppressions.AddAfterAsync(entry with { At = entry.At.AddDays(90) }, 3, TimeSpan.FromDays(90), "m2/0"));
        Assert.False(await store.Suppressions.AddAfterAsync(entry with { Tenant = "globex" }, 3, TimeSpan.FromDays(90), "m3/0"));
        Assert.Null(await store.Suppressions.FindAsync("acme", "a@example.com"));

        Assert.True(await store.Suppressions.AddAfterAsync(entry with { At = entry.At.AddDays(91) }, 3, TimeSpan.FromDays(90), "m4/0"));

        Assert.Equal(entry with { At = entry.At.AddDays(91) }, await store.Suppressions.FindAsync("acme", "a@example.com"));
        Assert.Null(await store.Suppressions.FindAsync("globex", "a@example.com"));
    }

    [Fact]
    public async Task AddAfterAsync_an_occasion_too_long_ago_is_forgotten()
    {
        var store = await OpenAsync();
        var entry = Entry("acme", "a@example.com", SuppressionReason.HardBounce);
        Assert.False(await store.Suppressions.AddAfterAsync(entry, 2, TimeSpan.FromDays(90), "m1/0"));
        Assert.False(await store.Suppressions.AddAfterAsync(entry with { At = entry.At.AddDays(91) }, 2, TimeSpan.FromDays(90), "m2/0"));
        Assert.Null(await store.Suppressions.FindAsync("acme", "a@example.com"));
    }

    [Fact]
    public async Task FindAsync_an_entry_for_all_tenants_holds_for_each_and_the_tenants_own_comes_first()
    {
        var store = await OpenAsync();
        await store.Suppressions.AddAsync(Entry("*", "a@example.com", SuppressionReason.HardBounce));
        Assert.Equal(SuppressionReason.HardBounce, (await store.Suppressions.FindAsync("acme", "a@example.com"))!.Reason);
        await store.Suppressions.AddAsync(Entry("acme", "a@example.com", SuppressionReason.Unsubscribe));
        Assert.Equal("acme", (await store.Suppressions.FindAsync("acme", "a@example.com"))!.Tenant);
        Assert.Equal("*", (await store.Suppressions.FindAsync("globex", "a@example.com"))!.Tenant);
    }

    [Theory]
    [InlineData(SuppressionReason.Manual, SuppressionReason.Complaint, SuppressionReason.Complaint)]
    [InlineData(SuppressionReason.Complaint, SuppressionReason.Manual, SuppressionReason.Complaint)]
    [InlineData(SuppressionReason.HardBounce, SuppressionReason.Complaint, SuppressionReason.Complaint)]
    [InlineData(SuppressionReason.HardBounce, SuppressionReason.Unsubscribe, SuppressionReason.Unsubscribe)]
    [InlineData(SuppressionReason.Unsubscribe, SuppressionReason.HardBounce, SuppressionReason.Unsubscribe)]
    [InlineData(SuppressionReason.Unsubscribe, SuppressionReason.Complaint, SuppressionReason.Unsubscribe)]
    [InlineData(SuppressionReason.Manual, SuppressionReason.HardBounce, SuppressionReason.HardBounce)]
    [InlineData(SuppressionReason.Manual, SuppressionReason.Manual, SuppressionReason.Manual)]
    public async Task AddAsync_a_second_reason_strengthens_and_never_weakens(SuppressionReason first, SuppressionReason second, SuppressionReason expected)
    {
        var store = await OpenAsync();
        await store.Suppressions.AddAsync(Entry("acme", "a@example.com", first));
        await store.Suppressions.AddAsync(Entry("acme", "a@example.com", second));
        Assert.Equal(expected, (await store.Suppressions.FindAsync("acme", "a@example.com"))!.Reason);
    }

    [Fact]
    public async Task RemoveAsync_an_entry_is_gone_and_can_come_back()
    {
        var store = await OpenAsync();
        await store.Suppressions.AddAsync(Entry("acme", "a@example.com", SuppressionReason.Manual));
        Assert.True(await store.Suppressions.RemoveAsync("acme", "a@example.com"));
        Assert.False(await store.Suppressions.RemoveAsync("acme", "a@example.com"));
        Assert.Null(await store.Suppressions.FindAsync("acme", "a@example.com"));
        await store.Suppressions.AddAsync(Entry("acme", "a@example.com", SuppressionReason.Manual));
        Assert.NotNull(await store.Suppressions.FindAsync("acme", "a@example.com"));
    }

    [Fact]
    public async Task FindAsync_an_entry_for_bulk_mail_forbids_no_other()
    {
        var store = await OpenAsync();
        var bulk = Entry("acme", "a@example.com", SuppressionReason.Unsubscribe) with { Scope = SuppressionScope.Bulk };
        await store.Suppressions.AddAsync(bulk);

        Assert.Equal(bulk, await store.Suppressions.FindAsync("acme", "a@example.com", MailStream.Bulk));
        Assert.Null(await store.Suppressions.FindAsync("acme", "a@example.com", MailStream.Transactional));
        Assert.Equal(bulk, await store.Suppressions.FindAsync("acme", "a@example.com"));

        var all = Entry("acme", "a@example.com", SuppressionReason.HardBounce);
        await store.Suppressions.AddAsync(all);
        Assert.Equal(all, await store.Suppressions.FindAsync("acme", "a@example.com", MailStream.Transactional));
        Assert.Equal([all, bulk], await store.Suppressions.ListAsync("acme", "", 1));
    }

    [Fact]
    public async Task RemoveAsync_of_one_reason_leaves_the_others()
    {
        var store = await OpenAsync();
        await store.Suppressions.AddAsync(Entry("acme", "a@example.com", SuppressionReason.Complaint));
        await store.Suppressions.AddAsync(Entry("acme", "a@example.com", SuppressionReason.Manual) with { Scope = SuppressionScope.Bulk });

        Assert.True(await store.Suppressions.RemoveAsync("acme", "a@example.com", SuppressionReason.Manual));
        Assert.False(await store.Suppressions.RemoveAsync("acme", "a@example.com", SuppressionReason.Manual));
        Assert.Equal(SuppressionReason.Complaint, (await store.Suppressions.FindAsync("acme", "a@example.com"))!.Reason);
    }

    [Fact]
    public async Task AddAllAsync_many_are_found_and_more_than_a_thousand_are_refused()
    {
        var store = await OpenAsync();
        var entries = Enumerable.Range(0, 1000).Select(i => Entry("acme", $"u{i}@example.com", SuppressionReason.Manual)).ToArray();
        await store.Suppressions.AddAllAsync(entries);

        Assert.Equal(entries[999], await store.Suppressions.FindAsync("acme", "u999@example.com"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.Suppressions.AddAllAsync([.. entries, entries[0]]));
    }

    [Fact]
    public async Task ListAsync_pages_by_address()
    {
        var store = await OpenAsync();
        foreach (var name in (string[])["c", "a", "B", "b"])
        {
            await store.Suppressions.AddAsync(Entry("acme", name + "@example.com", SuppressionReason.Manual));
        }

        Assert.Equal(["B@example.com", "a@example.com"], (await store.Suppressions.ListAsync("acme", "", 2)).Select(entry => entry.Address));
        Assert.Equal(["b@example.com", "c@example.com"], (await store.Suppressions.ListAsync("acme", "a@example.com", 10)).Select(entry => entry.Address));
    }

    private static Suppression Entry(string tenant, string address, SuppressionReason reason) => new(tenant, address, reason, Mail.Start, "grid");
}

using Grid.Core.Ports;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.State;

public abstract class StateTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    [Fact]
    public async Task WriteAsync_state_is_written_only_over_the_etag_that_was_read()
    {
        var store = await OpenAsync();
        Assert.Null(await store.States.ReadAsync("counters", "tenant/acme"));
        var first = await store.States.WriteAsync("counters", "tenant/acme", new byte[] { 1 }, null);
        Assert.NotNull(first);
        Assert.Null(await store.States.WriteAsync("counters", "tenant/acme", new byte[] { 9 }, null));
        var second = await store.States.WriteAsync("counters", "tenant/acme", new byte[] { 2 }, first);
        Assert.NotNull(second);
        Assert.Null(await store.States.WriteAsync("counters", "tenant/acme", new byte[] { 9 }, first));

        var stored = await store.States.ReadAsync("counters", "tenant/acme");
        Assert.Equal(second, stored!.ETag);
        Assert.Equal(new byte[] { 2 }, stored.Data.ToArray());
        Assert.Null(await store.States.ReadAsync("other", "tenant/acme"));
    }

    [Fact]
    public async Task WriteAsync_many_at_once_with_one_etag_lets_one_through()
    {
        var store = await OpenAsync();
        var etag = await store.States.WriteAsync("s", "g", new byte[] { 0 }, null);
        var written = await Task.WhenAll(Enumerable.Range(0, 32).Select(n => store.States.WriteAsync("s", "g", new[] { (byte)n }, etag).AsTask()));
        Assert.Single(written, result => result is not null);
    }

    [Fact]
    public async Task ListAsync_names_the_grains_of_a_prefix_in_order_and_in_pages()
    {
        var store = await OpenAsync();
        foreach (var id in (string[])["domain/b.example", "domain/a.example", "domain/xn--mnchen-3ya.example", "domain", "domains/c.example", "ip/192.0.2.1", "domain/"])
        {
            await store.States.WriteAsync("account", id, new byte[] { 1 }, null);
        }

        await store.States.WriteAsync("other", "domain/z.example", new byte[] { 1 }, null);

        Assert.Equal(["domain/", "domain/a.example", "domain/b.example"], await store.States.ListAsync("account", "domain/", "", 3));
        Assert.Equal(["domain/xn--mnchen-3ya.example"], await store.States.ListAsync("account", "domain/", "domain/b.example", 3));
        Assert.Empty(await store.States.ListAsync("account", "tenant/", "", 3));
    }

    [Fact]
    public async Task ClearAsync_needs_the_etag_and_an_old_one_fits_nothing_new()
    {
        var store = await OpenAsync();
        var first = await store.States.WriteAsync("s", "g", new byte[] { 1 }, null);
        Assert.False(await store.States.ClearAsync("s", "g", "stale"));
        Assert.False(await store.States.ClearAsync("s", "g", null));
        Assert.True(await store.States.ClearAsync("s", "g", first));
        Assert.Null(await store.States.ReadAsync("s", "g"));
        Assert.True(await store.States.ClearAsync("s", "g", null));
        await store.States.WriteAsync("s", "g", new byte[] { 2 }, null);
        Assert.Null(await store.States.WriteAsync("s", "g", new byte[] { 3 }, first));
    }

    [Fact]
    public async Task Reminders_are_replaced_listed_and_removed_by_etag()
    {
        var store = await OpenAsync();
        var reminder = new StoredReminder("tenant/acme", "cure", Mail.Start.AddTicks(7), TimeSpan.FromMinutes(1), "");
        var first = await store.Reminders.WriteAsync(reminder);
        var second = await store.Reminders.WriteAsync(reminder with { Period = TimeSpan.FromHours(1) });
        await store.Reminders.WriteAsync(reminder with { GrainId = "ip/192.0.2.1" });

        Assert.Equal(reminder with { Period = TimeSpan.FromHours(1), ETag = second }, Assert.Single(await store.Reminders.ListAsync("tenant/acme")));
        Assert.Equal(2, (await store.Reminders.ListAsync()).Count);
        Assert.False(await store.Reminders.RemoveAsync("tenant/acme", "cure", first));
        Assert.True(await store.Reminders.RemoveAsync("tenant/acme", "cure", second));
        store = await ReopenAsync(store);
        Assert.Equal("ip/192.0.2.1", Assert.Single(await store.Reminders.ListAsync()).GrainId);
    }

    [Fact]
    public async Task Registry_documents_are_replaced_listed_in_ordinal_order_and_removed()
    {
        var store = await OpenAsync();
        foreach (var key in (string[])["b", "a", "B", "é"])
        {
            await store.Registry.WriteAsync("tenant", key, "{\"v\":1}");
        }

        await store.Registry.WriteAsync("tenant", "a", "{\"v\":2}");
        await store.Registry.WriteAsync("pause", "a", "{}");
        Assert.Equal("{\"v\":2}", await store.Registry.ReadAsync("tenant", "a"));
        Assert.Null(await store.Registry.ReadAsync("tenant", "c"));
        Assert.Equal(["B", "a"], (await store.Registry.ListAsync("tenant", "", 2)).Select(entry => entry.Key));
        Assert.Equal(["b", "é"], (await store.Registry.ListAsync("tenant", "a", 10)).Select(entry => entry.Key));
        Assert.True(await store.Registry.RemoveAsync("tenant", "a"));
        Assert.False(await store.Registry.RemoveAsync("tenant", "a"));
        store = await ReopenAsync(store);
        Assert.Equal(["B", "b", "é"], (await store.Registry.ListAsync("tenant", "", 10)).Select(entry => entry.Key));
    }
}

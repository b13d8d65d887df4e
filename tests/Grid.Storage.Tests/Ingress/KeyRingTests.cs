using Grid.Core.Ports;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Ingress;

public abstract class KeyRingTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    [Fact]
    public async Task FindAsync_a_key_is_found_until_it_is_revoked_and_not_an_instant_longer()
    {
        var store = await OpenAsync();
        await store.Keys.AddAsync(Key("k1", "acme"));
        var found = await store.Keys.FindAsync("k1");
        Assert.Equal(("k1", "acme", Mail.Start), (found!.Id, found.Tenant, found.CreatedAt));
        Assert.Equal(new byte[] { 1, 2, 3 }, found.Hash.ToArray());
        Assert.Null(await store.Keys.FindAsync("k2"));

        Assert.False(await store.Keys.RevokeAsync("globex", "k1"));
        Assert.NotNull(await store.Keys.FindAsync("k1"));
        Assert.True(await store.Keys.RevokeAsync("acme", "k1"));
        Assert.Null(await store.Keys.FindAsync("k1"));
        Assert.False(await store.Keys.RevokeAsync("acme", "k1"));
    }

    [Fact]
    public async Task FindAsync_a_key_unknown_before_is_found_once_it_is_added()
    {
        var store = await OpenAsync();
        Assert.Null(await store.Keys.FindAsync("k1"));
        await store.Keys.AddAsync(Key("k1", "acme"));
        Assert.NotNull(await store.Keys.FindAsync("k1"));
    }

    [Fact]
    public async Task AddAsync_an_id_in_use_is_refused()
    {
        var store = await OpenAsync();
        await store.Keys.AddAsync(Key("k1", "acme"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.Keys.AddAsync(Key("k1", "globex")));
        Assert.Equal("acme", (await store.Keys.FindAsync("k1"))!.Tenant);
    }

    [Fact]
    public async Task ListAsync_shows_a_tenants_keys_only()
    {
        var store = await OpenAsync();
        await store.Keys.AddAsync(Key("k2", "acme"));
        await store.Keys.AddAsync(Key("k1", "acme"));
        await store.Keys.AddAsync(Key("k3", "globex"));
        Assert.Equal(["k1", "k2"], (await store.Keys.ListAsync("acme")).Select(key => key.Id));
    }

    private static StoredKey Key(string id, string tenant) => new(id, tenant, new byte[] { 1, 2, 3 }, Mail.Start);
}

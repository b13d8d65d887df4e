using Grid.Core.Ports;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Ingress;

public abstract class DkimKeysTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    private static readonly DateTimeOffset Later = Mail.Start.AddDays(1);

    [Fact]
    public async Task AddAsync_keeps_a_key_over_a_restart_and_gives_it_to_its_tenant_only()
    {
        var store = await OpenAsync();
        Assert.True(await store.DkimKeys.AddAsync(Key("acme", "acme.example", "s1")));
        store = await ReopenAsync(store);
        var kept = Assert.Single(await store.DkimKeys.ListAsync("acme"));
        Assert.Equal(("acme", "acme.example", "s1", DkimKeyState.Pending, Mail.Start, Mail.Start), (kept.Tenant, kept.Domain, kept.Selector, kept.State, kept.CreatedAt, kept.Since));
        Assert.Equal(new byte[] { 1 }, kept.PublicKey.ToArray());
        Assert.Equal(new byte[] { 2, 3 }, kept.SealedKey.ToArray());
        Assert.Null(kept.CheckedAt);
        Assert.Empty(await store.DkimKeys.ListAsync("globex"));
    }

    [Fact]
    public async Task AddAsync_a_selector_in_use_in_the_domain_is_refused_whoever_has_it()
    {
        var store = await OpenAsync();
        Assert.True(await store.DkimKeys.AddAsync(Key("acme", "shared.example", "s1")));
        Assert.False(await store.DkimKeys.AddAsync(Key("globex", "shared.example", "s1")));
        Assert.True(await store.DkimKeys.AddAsync(Key("globex", "shared.example", "s2")));
        Assert.True(await store.DkimKeys.AddAsync(Key("globex", "other.example", "s1")));
        Assert.Equal("s1", Assert.Single(await store.DkimKeys.ListAsync("acme")).Selector);
    }

    [Fact]
    public async Task ActivateAsync_retires_the_key_before_and_erases_its_private_half()
    {
        var store = await OpenAsync();
        foreach (var (tenant, domain, selector) in ((string, string, string)[])[("acme", "acme.example", "s1"), ("acme", "acme.example", "s2"), ("acme", "other.example", "s1"), ("globex", "acme.example", "s3")])
        {
            Assert.True(await store.DkimKeys.AddAsync(Key(tenant, domain, selector)));
        }

        Assert.True(await store.DkimKeys.ActivateAsync("acme", "acme.example", "s1", Mail.Start));
        Assert.True(await store.DkimKeys.ActivateAsync("acme", "other.example", "s1", Mail.Start));
        Assert.True(await store.DkimKeys.ActivateAsync("globex", "acme.example", "s3", Mail.Start));
        Assert.True(await store.DkimKeys.ActivateAsync("acme", "acme.example", "s2", Later));

        Assert.Equal(
            [("s1", DkimKeyState.Retired, Later, 0), ("s2", DkimKeyState.Active, Later, 2), ("s1", DkimKeyState.Active, Mail.Start, 2)],
            (await store.DkimKeys.ListAsync("acme")).Select(key => (key.Selector, key.State, key.Since, key.SealedKey.Length)));
        Assert.Equal(DkimKeyState.Active, Assert.Single(await store.DkimKeys.ListAsync("globex")).State);
    }

    [Fact]
    public async Task ActivateAsync_takes_pending_keys_of_the_tenant_only()
    {
        var store = await OpenAsync();
        await store.DkimKeys.AddAsync(Key("acme", "acme.example", "s1"));
        Assert.False(await store.DkimKeys.ActivateAsync("globex", "acme.example", "s1", Later));
        Assert.False(await store.DkimKeys.ActivateAsync("acme", "acme.example", "s2", Later));
        Assert.True(await store.DkimKeys.ActivateAsync("acme", "acme.example", "s1", Later));
        Assert.False(await store.DkimKeys.ActivateAsync("acme", "acme.example", "s1", Later));
        Assert.True(await store.DkimKeys.RetireAsync("acme", "acme.example", "s1", Later));
        Assert.False(await store.DkimKeys.RetireAsync("acme", "acme.example", "s1", Later));
        Assert.False(await store.DkimKeys.ActivateAsync("acme", "acme.example", "s1", Later));
        Assert.Equal(0, (await store.DkimKeys.ListAsync("acme"))[0].SealedKey.Length);
    }

    [Fact]
    public async Task RemoveAsync_leaves_the_key_that_signs()
    {
        var store = await OpenAsync();
        await store.DkimKeys.AddAsync(Key("acme", "acme.example", "s1"));
        await store.DkimKeys.AddAsync(Key("acme", "acme.example", "s2"));
        await store.DkimKeys.ActivateAsync("acme", "acme.example", "s1", Later);
        Assert.False(await store.DkimKeys.RemoveAsync("acme", "acme.example", "s1"));
        Assert.False(await store.DkimKeys.RemoveAsync("globex", "acme.example", "s2"));
        Assert.True(await store.DkimKeys.RemoveAsync("acme", "acme.example", "s2"));
        Assert.False(await store.DkimKeys.RemoveAsync("acme", "acme.example", "s2"));
        Assert.Equal("s1", Assert.Single(await store.DkimKeys.ListAsync("acme")).Selector);
    }

    [Fact]
    public async Task NoteCheckAsync_keeps_what_was_found_last()
    {
        var store = await OpenAsync();
        await store.DkimKeys.AddAsync(Key("acme", "acme.example", "s1"));
        await store.DkimKeys.NoteCheckAsync("acme", "acme.example", "s1", Mail.Start, "no record");
        Assert.Equal((Mail.Start, "no record"), ((await store.DkimKeys.ListAsync("acme"))[0].CheckedAt, (await store.DkimKeys.ListAsync("acme"))[0].CheckWords));
        await store.DkimKeys.NoteCheckAsync("acme", "acme.example", "s1", Later, null);
        Assert.Equal((Later, (string?)null), ((await store.DkimKeys.ListAsync("acme"))[0].CheckedAt, (await store.DkimKeys.ListAsync("acme"))[0].CheckWords));
    }

    [Fact]
    public async Task ListAsync_by_state_pages_through_all_tenants()
    {
        var store = await OpenAsync();
        foreach (var (domain, selector) in ((string, string)[])[("b.example", "s1"), ("a.example", "s2"), ("a.example", "s1"), ("c.example", "s1")])
        {
            await store.DkimKeys.AddAsync(Key("acme", domain, selector));
        }

        await store.DkimKeys.ActivateAsync("acme", "c.example", "s1", Later);
        var first = await store.DkimKeys.ListAsync(DkimKeyState.Pending, "", "", 2);
        Assert.Equal([("a.example", "s1"), ("a.example", "s2")], first.Select(key => (key.Domain, key.Selector)));
        Assert.Equal([("b.example", "s1")], (await store.DkimKeys.ListAsync(DkimKeyState.Pending, "a.example", "s2", 2)).Select(key => (key.Domain, key.Selector)));
        Assert.Equal("c.example", Assert.Single(await store.DkimKeys.ListAsync(DkimKeyState.Active, "", "", 2)).Domain);
    }

    private static StoredDkimKey Key(string tenant, string domain, string selector) =>
        new(tenant, domain, selector, DkimKeyState.Pending, Mail.Start, Mail.Start, new byte[] { 1 }, new byte[] { 2, 3 });
}

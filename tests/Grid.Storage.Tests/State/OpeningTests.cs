using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.State;

public abstract class OpeningTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    [Fact]
    public async Task OpenAsync_a_store_of_a_newer_version_is_refused_and_left_alone()
    {
        var store = await OpenAsync();
        await store.Registry.WriteAsync("tenant", "acme", "{}");
        await store.Writer.Add(session => session.Execute("INSERT INTO schema_version (version, applied_at) VALUES (99, 0)"), default);
        await store.CloseAsync();

        var refused = await Assert.ThrowsAsync<StoreVersionException>(() => OpenAsync());
        Assert.Contains("version 99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_a_folder_in_use_is_refused_and_free_again_after_close()
    {
        var store = await OpenAsync();
        var refused = await Assert.ThrowsAsync<StoreVersionException>(() => OpenAsync());
        Assert.Contains("in use by another process", refused.Message, StringComparison.Ordinal);
        await store.CloseAsync();
        await OpenAsync();
    }

    [Fact]
    public async Task OpenAsync_twice_in_a_row_applies_each_script_once()
    {
        var store = await OpenAsync();
        var first = await VersionsAsync(store);
        Assert.Equal(first.Order().Distinct(), first);
        Assert.Contains(1, first);
        Assert.Equal(first, await VersionsAsync(await ReopenAsync(store)));
    }

    [Fact]
    public async Task OpenAsync_a_store_of_before_held_campaigns_learns_of_campaigns_open_cases_and_costs()
    {
        var store = await OpenAsync();
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(1)));
        await store.Registry.WriteAsync("case", "mine", """{"subject":{"kind":0,"key":"acme"},"closedAt":null,"notes":[{"kind":"cost","amount":1}]}""");
        await store.Registry.WriteAsync("case", "ips", """{"subject":{"kind":1,"key":"192.0.2.1"},"closedAt":"2026-01-01T00:00:00Z","notes":[{"kind":"opened"},{"kind":"cost","tenant":"other"},{"kind":"cost"}]}""");
        await store.Writer.Add(
            session =>
            {
                session.Execute("DROP INDEX envelope_aside");
                session.Execute("ALTER TABLE envelope DROP COLUMN campaign");
                return session.Execute("DELETE FROM schema_version WHERE version IN (27, 28)");
            },
            default);

        store = await ReopenAsync(store);

        Assert.Equal("spring", Assert.Single((await store.Spool.FindAsync(Mail.Id(1)))!.Live).Campaign);
        Assert.Equal(["mine"], (await store.Registry.ListAsync("case-open", "", 10)).Select(entry => entry.Key));
        Assert.Equal(["acme/mine", "other/ips"], (await store.Registry.ListAsync("case-cost", "", 10)).Select(entry => entry.Key));
    }

    [Fact]
    public async Task OpenAsync_a_store_of_before_scopes_is_brought_up_to_date_with_what_it_holds()
    {
        var store = await OpenAsync();
        var versions = await VersionsAsync(store);
        await store.Writer.Add(
            session =>
            {
                session.Execute("DROP TABLE abuse_report");
                session.Execute("DROP TABLE suppression");
                session.Execute("CREATE TABLE suppression (tenant TEXT NOT NULL, address TEXT NOT NULL, reason INTEGER NOT NULL, at BIGINT NOT NULL, by TEXT NOT NULL, detail TEXT, PRIMARY KEY (tenant, address))");
                session.Execute("INSERT INTO suppression VALUES ('acme', 'a@example.com', 1, 5, 'grid', NULL)");
                return session.Execute("DELETE FROM schema_version WHERE version = 13");
            },
            default);

        store = await ReopenAsync(store);

        Assert.Equal(versions, await VersionsAsync(store));
        var kept = await store.Suppressions.FindAsync("acme", "a@example.com");
        Assert.Equal(new Suppression("acme", "a@example.com", SuppressionReason.Complaint, DateTimeOffset.FromUnixTimeMilliseconds(5), "grid") { Scope = SuppressionScope.All }, kept);
    }

    [Fact]
    public async Task OpenAsync_a_store_that_lacks_a_script_between_gets_it()
    {
        var store = await OpenAsync();
        var all = await VersionsAsync(store);
        await store.Writer.Add(session => session.Execute("DELETE FROM schema_version WHERE version = 14"), default);
        await store.Writer.Add(session => session.Execute("DROP TABLE webhook"), default);
        await store.Writer.Add(session => session.Execute("DROP TABLE webhook_progress"), default);
        store = await ReopenAsync(store);
        Assert.Equal(all, await VersionsAsync(store));
        Assert.Empty(await store.Webhooks.ListAsync("acme"));
    }

    private static async Task<IReadOnlyList<int>> VersionsAsync(GridStore store) =>
        await store.Reads.ListAsync("SELECT version FROM schema_version ORDER BY version", [], row => row.GetInt32(0), default);
}

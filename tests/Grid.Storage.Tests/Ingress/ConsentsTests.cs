using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Ingress;

public abstract class ConsentsTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    [Fact]
    public async Task PutAllAsync_a_record_is_found_whole_for_its_tenant_only_and_after_a_restart()
    {
        var store = await OpenAsync();
        var record = Record("a@example.com") with
        {
            Topic = "shoes",
            Ip = "192.0.2.1",
            Source = "form \0",
            Evidence = "form 17",
            Channel = "direct",
            PreTicked = false,
            Notice = "v1",
            List = "spring",
            Basis = "contract",
            GivenTo = "Acme",
            RevokedAt = Mail.Start.AddHours(1),
            RevokedBy = "recipient",
        };
        await store.Consents.PutAllAsync([record]);
        store = await ReopenAsync(store);

        Assert.Equal(record with { Source = "form \ufffd" }, Assert.Single(await store.Consents.FindAsync("acme", ["a@example.com"])));
        Assert.Empty(await store.Consents.FindAsync("globex", ["a@example.com"]));
        Assert.Empty(await store.Consents.FindAsync("acme", ["b@example.com"]));
    }

    [Fact]
    public async Task PutAllAsync_an_older_record_changes_nothing_and_none_undoes_a_later_revocation()
    {
        var store = await OpenAsync();
        await store.Consents.PutAllAsync([Record("a@example.com") with { Method = "double-opt-in" }]);
        await store.Consents.PutAllAsync([Record("a@example.com") with { At = Mail.Start.AddDays(-1), Method = "hearsay" }]);
        Assert.Equal("double-opt-in", Assert.Single(await store.Consents.FindAsync("acme", ["a@example.com"])).Method);

        Assert.Equal(1, await store.Consents.RevokeAsync("acme", "a@example.com", null, Mail.Start.AddDays(2), "recipient"));
        Assert.Equal(0, await store.Consents.RevokeAsync("acme", "a@example.com", null, Mail.Start.AddDays(3), "tenant"));
        await store.Consents.PutAllAsync([Record("a@example.com") with { At = Mail.Start.AddDays(1) }]);
        var revoked = Assert.Single(await store.Consents.FindAsync("acme", ["a@example.com"]));
        Assert.Equal((Mail.Start.AddDays(2), "recipient"), (revoked.RevokedAt!.Value, revoked.RevokedBy));

        await store.Consents.PutAllAsync([Record("a@example.com") with { At = Mail.Start.AddDays(4) }]);
        Assert.Null(Assert.Single(await store.Consents.FindAsync("acme", ["a@example.com"])).RevokedAt);
    }

    [Fact]
    public async Task PutAllAsync_an_address_has_room_for_so_many_topics_and_what_is_there_can_be_renewed()
    {
        var store = await OpenAsync();
        ConsentRecord Topic(int i) => Record("a@example.com") with { Topic = $"topic {i}" };
        Assert.Equal(0, await store.Consents.PutAllAsync([.. Enumerable.Range(0, IConsents.MaxTopics).Select(Topic)]));

        Assert.Equal(1, await store.Consents.PutAllAsync([Topic(IConsents.MaxTopics), Topic(0) with { Method = "double-opt-in" }, Record("b@example.com")]));

        Assert.Equal(IConsents.MaxTopics, (await store.Consents.FindAsync("acme", ["a@example.com"])).Count);
        Assert.Contains(await store.Consents.FindAsync("acme", ["a@example.com"]), record => record is { Topic: "topic 0", Method: "double-opt-in" });
        Assert.Single(await store.Consents.FindAsync("acme", ["b@example.com"]));
    }

    [Fact]
    public async Task RevokeAsync_of_a_topic_leaves_the_others()
    {
        var store = await OpenAsync();
        await store.Consents.PutAllAsync([Record("a@example.com") with { Topic = "hats" }, Record("a@example.com") with { Topic = "shoes" }, Record("a@example.com")]);
        Assert.Equal(1, await store.Consents.RevokeAsync("acme", "a@example.com", "", Mail.Start, "tenant"));
        Assert.Equal(1, await store.Consents.RevokeAsync("acme", "a@example.com", "hats", Mail.Start, "tenant"));
        Assert.Equal([true, true, false], (await store.Consents.FindAsync("acme", ["a@example.com"])).Select(r => r.RevokedAt is not null));
    }

    [Fact]
    public async Task FindAsync_many_addresses_and_ListAsync_by_pages_that_part_no_address()
    {
        var store = await OpenAsync();
        await store.Consents.PutAllAsync([.. Enumerable.Range(0, 300).Select(i => Record($"u{i:000}@example.com"))]);
        await store.Consents.PutAllAsync([Record("u001@example.com") with { Topic = "hats" }]);
        Assert.Equal(301, (await store.Consents.FindAsync("acme", [.. Enumerable.Range(0, 310).Select(i => $"u{i:000}@example.com")])).Count);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.Consents.FindAsync("acme", [.. Enumerable.Range(0, 1001).Select(i => $"{i}")]));

        Assert.Equal(["u000@example.com", "u001@example.com", "u001@example.com"], (await store.Consents.ListAsync("acme", "", 2)).Select(r => r.Address));
        Assert.Equal(["u002@example.com"], (await store.Consents.ListAsync("acme", "u001@example.com", 1)).Select(r => r.Address));
    }

    [Fact]
    public async Task ListsAsync_says_what_each_list_rests_on()
    {
        var store = await OpenAsync();
        await store.Consents.PutAllAsync([Record("a@example.com") with { List = "x" }, Record("b@example.com") with { List = "x" }, Record("c@example.com") with { List = "y", Basis = "contract" }]);
        await store.Consents.RevokeAsync("acme", "a@example.com", null, Mail.Start, "tenant");
        Assert.Equal(
            [new ConsentList("x", "consent", "single-opt-in", 2, 1), new ConsentList("y", "contract", "single-opt-in", 1, 0)],
            await store.Consents.ListsAsync("acme"));
    }

    [Fact]
    public async Task EraseAsync_forgets_records_and_confirmations_and_leaves_the_suppression()
    {
        var store = await OpenAsync();
        await store.Consents.PutAllAsync([Record("a@example.com"), Record("a@example.com") with { Topic = "hats" }, Record("b@example.com")]);
        await store.Consents.AskAsync(Asked("1"));
        await store.Suppressions.AddAsync(new("acme", "a@example.com", SuppressionReason.Unsubscribe, Mail.Start, "recipient"));
        Assert.Equal(2, await store.Consents.EraseAsync("acme", "a@example.com"));
        Assert.Equal(0, await store.Consents.EraseAsync("acme", "a@example.com"));
        Assert.Null(await store.Consents.AskedAsync("1"));
        Assert.NotNull(await store.Suppressions.FindAsync("acme", "a@example.com"));
        Assert.Single(await store.Consents.FindAsync("acme", ["b@example.com"]));
    }

    [Fact]
    public async Task ConfirmAsync_notes_both_and_AskAsync_takes_the_place_of_what_was_asked_before()
    {
        var store = await OpenAsync();
        await store.Consents.AskAsync(Asked("1"));
        await store.Consents.AskAsync(Asked("2"));
        Assert.Null(await store.Consents.AskedAsync("1"));
        Assert.Equal(Asked("2"), await store.Consents.AskedAsync("acme", "a@example.com", "hats"));

        await store.Consents.ConfirmAsync("2", Record("a@example.com") with { Topic = "hats" });
        store = await ReopenAsync(store);
        Assert.Equal(Mail.Start, (await store.Consents.AskedAsync("2"))!.ConfirmedAt);
        Assert.Equal("hats", Assert.Single(await store.Consents.FindAsync("acme", ["a@example.com"])).Topic);
    }

    private static ConsentRecord Record(string address) =>
        new() { Tenant = "acme", Address = address, Method = "single-opt-in", At = Mail.Start, RecordedAt = Mail.Start, By = "tenant" };

    private static Confirmation Asked(string id) =>
        new(id, "acme", "a@example.com", "hats", "A@example.com", "", "form", null, Mail.Start, Mail.Start, 1, new(17), Mail.Start.AddDays(7), null);
}

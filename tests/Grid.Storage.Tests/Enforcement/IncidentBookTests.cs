using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Enforcement;

public abstract class IncidentBookTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    private static readonly Subject Ip = Subject.Ip("192.0.2.1");
    private static readonly Subject Domain = Subject.Domain("example.com");

    [Fact]
    public async Task ListAsync_finds_incidents_with_their_end_and_whom_they_were_shared_with_and_reads_no_other_entry()
    {
        var store = await OpenAsync();
        await FillAsync(store);
        await SpoilOthersAsync(store);

        await CheckAsync(store);
        await CheckAsync(await ReopenAsync(store));
    }

    [Fact]
    public async Task ListAsync_of_a_time_and_no_more_than_asked_for()
    {
        var store = await OpenAsync();
        await FillAsync(store);

        Assert.Equal(["listed", "paused"], await OfAsync(store, limit: 2));
        Assert.Equal(["paused"], await OfAsync(store, from: 4, to: 6));
        Assert.Equal(["warned", "rested"], await OfAsync(store, Ip, to: 6));
        Assert.Equal(["rested"], await OfAsync(store, Ip, from: -1, to: 0.001));
        Assert.Empty(await OfAsync(store, Ip, from: 0.001, to: 1));
        Assert.Empty(await OfAsync(store, Subject.Tenant("acme")));
    }

    [Fact]
    public async Task FindAsync_one_that_an_entry_opened()
    {
        var store = await OpenAsync();
        await FillAsync(store);

        var found = await store.Incidents.FindAsync("rested");
        Assert.Equal(("rested", Mail.Start.AddMinutes(2)), (found!.Opening.Id, found.EndedAt));
        Assert.Equal(["told-2", "told-1"], found.Shares.Select(share => share.Id));
        Assert.Null(await store.Incidents.FindAsync("back"));
        Assert.Null(await store.Incidents.FindAsync("nothing"));
    }

    [Fact]
    public async Task OpenAsync_a_ledger_of_before_incidents_were_noted_has_them_too_whatever_was_done_to_it()
    {
        var store = await OpenAsync();
        await FillAsync(store);
        await SpoilOthersAsync(store);
        await store.Writer.Add(
            session =>
            {
                session.Execute("DROP TABLE incident_entry");
                return session.Execute("DELETE FROM schema_version WHERE version = 29");
            },
            default);

        await CheckAsync(await ReopenAsync(store));
    }

    [Fact]
    public async Task AppendAsync_a_known_id_makes_no_second_incident()
    {
        var store = await OpenAsync();
        await store.Ledger.AppendAsync(Entry("rested", Ip, Standing.Suspended, "rest", 0));
        await store.Ledger.AppendAsync(Entry("rested", Domain, Standing.Suspended, "pause", 1));
        Assert.Equal(["rested"], await OfAsync(store));
    }

    private static async Task FillAsync(GridStore store)
    {
        foreach (var entry in (Decision[])
        [
            Entry("tenant", Subject.Tenant("acme"), Standing.Warned, "warn", 0),
            Entry("rested", Ip, Standing.Suspended, "rest", 0),
            Share("told-1", Ip, "rested", 1),
            Entry("act", Ip, Standing.Active, "configure", 1) with { Kind = DecisionKind.Act },
            Entry("back", Ip, Standing.Active, "reinstate", 2),
            Entry("warned", Ip, Standing.Warned, "warn", 3),
            Entry("paused", Domain, Standing.Suspended, "pause", 4),
            Share("told-2", Ip, "rested", 5),
            Entry("again", Ip, Standing.Active, "cure", 6),
            Entry("listed", Ip, Standing.Active, "listing.dnsbl", 7) with { Kind = DecisionKind.Finding, Evidence = "zen" },
            Entry("reported", Ip, Standing.Active, "verdict.spam", 8) with { Kind = DecisionKind.Finding },
        ])
        {
            await store.Ledger.AppendAsync(entry);
        }
    }

    // Whoever reads what isn't an incident's fails.
    private static async Task SpoilOthersAsync(GridStore store) =>
        await store.Writer.Add(session => session.Execute("UPDATE decision SET json = 'no JSON' WHERE id IN ('tenant', 'act', 'reported')"), default);

    private static async Task CheckAsync(GridStore store)
    {
        var all = await store.Incidents.ListAsync(null, DateTimeOffset.UnixEpoch, Mail.Start.AddDays(1), 10);
        Assert.Equal(
            [("listed", null, ""), ("paused", null, ""), ("warned", 6, ""), ("rested", 2, "told-2 told-1")],
            all.Select(one => (one.Opening.Id, (int?)(one.EndedAt - Mail.Start)?.TotalMinutes, string.Join(' ', one.Shares.Select(share => share.Id)))));
    }

    private static async Task<IEnumerable<string>> OfAsync(GridStore store, Subject? subject = null, double from = 0, double to = 100, int limit = 10) =>
        (await store.Incidents.ListAsync(subject, Mail.Start.AddMinutes(from), Mail.Start.AddMinutes(to), limit)).Select(one => one.Opening.Id);

    private static Decision Entry(string id, Subject subject, Standing to, string action, int minutes) =>
        LedgerTests<TBed>.Decide(id, subject, Standing.Active, to, minutes) with { Action = action };

    private static Decision Share(string id, Subject subject, string incident, int minutes) =>
        Entry(id, subject, Standing.Active, IncidentRules.Shared, minutes) with { Kind = DecisionKind.Act, Evidence = incident };
}

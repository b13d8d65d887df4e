using Grid.Core.Vocabulary;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Enforcement;

public abstract class CasesTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    private static readonly Subject Acme = Subject.Tenant("acme");

    [Fact]
    public async Task ListAsync_finds_cases_by_what_is_asked_for()
    {
        var store = await OpenAsync();
        await FillAsync(store);

        await CheckAsync(store);
        await CheckAsync(await ReopenAsync(store));
    }

    [Fact]
    public async Task ListAsync_goes_on_page_by_page_in_order_of_id()
    {
        var store = await OpenAsync();
        for (var n = 0; n < 25; n++)
        {
            await store.Registry.WriteAsync("case", $"c{n:D2}", Case("acme", isOpen: n % 2 == 0));
        }

        var filter = new CaseFilter(Acme, true, null, Mail.Start);
        var (seen, after) = (new List<string>(), "");
        while (await store.Cases.ListAsync(filter, after, 5) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 5);
            seen.AddRange(page.Select(entry => entry.Key));
            after = page[^1].Key;
        }

        Assert.Equal(Enumerable.Range(0, 25).Where(n => n % 2 == 0).Select(n => $"c{n:D2}"), seen);
    }

    [Fact]
    public async Task WriteAsync_a_case_anew_changes_what_it_is_found_by_and_RemoveAsync_ends_it()
    {
        var store = await OpenAsync();
        await store.Registry.WriteAsync("case", "c", Case("acme"));
        await store.Registry.WriteAsync("case-open", "c", Case("acme"));
        Assert.Equal(["c"], await OfAsync(store, isOpen: true));
        await store.Registry.WriteAsync("case", "c", Case("other", isOpen: false));
        Assert.Empty(await OfAsync(store, isOpen: true));
        Assert.Empty(await OfAsync(store, Acme));
        Assert.Equal(Case("other", isOpen: false), Assert.Single(await store.Cases.ListAsync(new(Subject.Tenant("other"), false, false, Mail.Start), "", 10)).Value);
        Assert.True(await store.Registry.RemoveAsync("case-open", "c"));
        Assert.Equal(["c"], await OfAsync(store));
        Assert.True(await store.Registry.RemoveAsync("case", "c"));
        Assert.Empty(await OfAsync(store));
    }

    [Fact]
    public async Task OpenAsync_a_registry_of_before_cases_were_noted_finds_them_too()
    {
        var store = await OpenAsync();
        await FillAsync(store);
        await store.Registry.WriteAsync("held", "m1", """{"id":"m1","tenant":"acme"}""");
        await store.Writer.Add(
            session =>
            {
                session.Execute("DROP TABLE case_entry");
                foreach (var index in (string[])["abuse_report_tenant", "abuse_report_source", "abuse_report_open", "tls_report_domain"])
                {
                    session.Execute("DROP INDEX " + index);
                }

                return session.Execute("DELETE FROM schema_version WHERE version IN (30, 31)");
            },
            default);

        store = await ReopenAsync(store);

        await CheckAsync(store);
        Assert.Equal([KeyValuePair.Create("acme/m1", """{"id":"m1","tenant":"acme"}""")], await store.Registry.ListAsync("held-of", "", 10));
    }

    private static async Task FillAsync(GridStore store)
    {
        await store.Registry.WriteAsync("case", "a-closed", Case("acme", isOpen: false, due: -5));
        await store.Registry.WriteAsync("case", "b-overdue", Case("acme", due: -1));
        await store.Registry.WriteAsync("case", "c-looked", Case("acme", due: -1, isLooked: true));
        await store.Registry.WriteAsync("case", "d-due", Case("other", due: 0));
        await store.Registry.WriteAsync("case", "e-later", Case("other", due: 1));
        await store.Registry.WriteAsync("case", "f-never", """{"subject":{"kind":1,"key":"192.0.2.1"}}""");
        await store.Registry.WriteAsync("case", "g-none", "{}");
    }

    private static async Task CheckAsync(GridStore store)
    {
        Assert.Equal(["a-closed", "b-overdue", "c-looked", "d-due", "e-later", "f-never", "g-none"], await OfAsync(store));
        Assert.Equal(["a-closed", "b-overdue", "c-looked"], await OfAsync(store, Acme));
        Assert.Equal(["b-overdue", "c-looked"], await OfAsync(store, Acme, isOpen: true));
        Assert.Equal(["a-closed"], await OfAsync(store, isOpen: false));
        Assert.Equal(["b-overdue"], await OfAsync(store, isOverdue: true));
        Assert.Equal(["b-overdue", "d-due"], await OfAsync(store, isOverdue: true, minutes: 1));
        Assert.Equal(["a-closed", "c-looked"], await OfAsync(store, Acme, isOverdue: false));
        Assert.Equal(["c-looked", "d-due", "e-later", "f-never", "g-none"], await OfAsync(store, isOpen: true, isOverdue: false));
        Assert.Equal(["f-never"], await OfAsync(store, Subject.Ip("192.0.2.1")));
        Assert.Empty(await OfAsync(store, isOpen: false, isOverdue: true));
    }

    private static async Task<IEnumerable<string>> OfAsync(GridStore store, Subject? subject = null, bool? isOpen = null, bool? isOverdue = null, int minutes = 0) =>
        (await store.Cases.ListAsync(new(subject, isOpen, isOverdue, Mail.Start.AddMinutes(minutes)), "", 10)).Select(entry => entry.Key);

    private static string Case(string tenant, bool isOpen = true, int? due = null, bool isLooked = false) =>
        $$"""{"subject":{"kind":0,"key":"{{tenant}}"},"closedAt":{{At(isOpen ? null : 0)}},"triageDue":{{At(due)}},"lookedAt":{{At(isLooked ? 0 : null)}},"notes":[]}""";

    private static string At(int? minutes) => minutes is { } some ? $"\"{Mail.Start.AddMinutes(some):O}\"" : "null";
}

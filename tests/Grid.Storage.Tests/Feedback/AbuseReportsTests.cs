using Grid.Core.Vocabulary;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Feedback;

public abstract class AbuseReportsTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    [Fact]
    public async Task AddAsync_a_case_is_numbered_and_found_whole_after_a_restart()
    {
        var store = await OpenAsync();
        var report = Report(AbuseSource.Letter) with
        {
            Why = "",
            Peer = "192.0.2.7",
            Reporter = "me@example.com",
            Sender = "news@acme.example",
            SpammedAddress = "other@example.com",
            SpammedAt = "yesterday",
            Words = "stop\0it",
            Tenant = "acme",
            Message = new MessageId(77),
            Evidence = new byte[] { 0, 255, 13, 10 },
        };
        var number = await store.AbuseReports.AddAsync(report);

        store = await ReopenAsync(store);
        var found = await store.AbuseReports.FindAsync(number);

        Assert.Equal(report.Evidence.ToArray(), found!.Evidence.ToArray());
        Assert.Equal(report with { Number = number, Words = found.Words, Evidence = default }, found with { Evidence = default });
        Assert.StartsWith("stop", found.Words, StringComparison.Ordinal);
        Assert.Null(await store.AbuseReports.FindAsync(number + 1));
    }

    [Fact]
    public async Task ListAsync_newest_first_in_pages_and_by_what_is_asked_for()
    {
        var store = await OpenAsync();
        var numbers = new List<long>();
        foreach (var report in (AbuseReport[])[Report(AbuseSource.Form), Report(AbuseSource.Feedback) with { Tenant = "acme" }, Report(AbuseSource.Letter) with { Tenant = "acme" }])
        {
            numbers.Add(await store.AbuseReports.AddAsync(report));
        }

        async Task<IEnumerable<long>> Of(long before = long.MaxValue, int limit = 10, AbuseSource? source = null, string? tenant = null, bool open = false) =>
            (await store.AbuseReports.ListAsync(before, limit, source, tenant, open)).Select(one => one.Number);
        Assert.Equal([numbers[2], numbers[1]], await Of(limit: 2));
        Assert.Equal([numbers[0]], await Of(before: numbers[1]));
        Assert.Equal([numbers[1]], await Of(source: AbuseSource.Feedback));
        Assert.Equal([numbers[2], numbers[1]], await Of(tenant: "acme"));
        Assert.Equal([numbers[2]], await Of(source: AbuseSource.Letter, tenant: "acme", open: true));
        Assert.Empty(await Of(source: AbuseSource.Form, tenant: "acme"));
        Assert.True(await store.AbuseReports.DecideAsync(numbers[2], "spam", "suspended the tenant", Clock.GetUtcNow()));
        Assert.False(await store.AbuseReports.DecideAsync(numbers[2] + 1, "spam", null, Clock.GetUtcNow()));
        Assert.Equal([numbers[1], numbers[0]], await Of(open: true));
        var decided = await store.AbuseReports.FindAsync(numbers[2]);
        Assert.Equal(("spam", "suspended the tenant", Clock.GetUtcNow()), (decided!.Verdict, decided.Action, decided.DecidedAt));
    }

    [Fact]
    public async Task Housekeeping_keeps_a_case_for_a_year_and_gives_no_number_twice()
    {
        var store = await OpenAsync();
        var first = await store.AbuseReports.AddAsync(Report(AbuseSource.Form));
        Clock.Advance(TimeSpan.FromDays(365));
        await store.Janitor!.RunAsync(default);
        Assert.NotNull(await store.AbuseReports.FindAsync(first));

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await store.Janitor!.RunAsync(default);

        Assert.Null(await store.AbuseReports.FindAsync(first));
        Assert.Equal(first + 1, await store.AbuseReports.AddAsync(Report(AbuseSource.Form)));
    }

    private AbuseReport Report(AbuseSource source) => new() { At = Clock.GetUtcNow(), Source = source };
}

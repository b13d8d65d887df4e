using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Counters;

public abstract class TlsReportsTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    private static readonly DateOnly Day = new(2026, 1, 1);
    private static readonly TlsPolicy Sts = new("sts", "version: STSv1\nmode: enforce", "mx.example");
    private static readonly TlsFailure Expired = new(TlsResult.CertificateExpired, "192.0.2.1", "mx.example", "mx", "192.0.2.9", "why");

    [Fact]
    public async Task AddAsync_adds_to_what_is_there_also_after_a_restart()
    {
        var store = await OpenAsync();
        TlsCount[] counts = [new(Day, "a.example", Sts, null, 3), new(Day, "a.example", Sts, Expired, 2), new(Day, "b.example", TlsPolicy.None, null, 1), new(Day.AddDays(1), "a.example", Sts, null, 7)];
        Assert.Equal(0, await store.TlsReports.AddAsync(counts));
        store = await ReopenAsync(store);
        Assert.Equal(0, await store.TlsReports.AddAsync(counts));

        Assert.Equal([new(Day, "a.example", Sts, Expired, 4), new(Day, "a.example", Sts, null, 6)], (await store.TlsReports.CountsAsync(Day, "a.example")).OrderBy(c => c.Sessions));
        Assert.Equal(["a.example", "b.example"], await store.TlsReports.DomainsAsync(Day, "", 10));
        Assert.Equal(["b.example"], await store.TlsReports.DomainsAsync(Day, "a.example", 10));
        Assert.Equal(Day, await store.TlsReports.FirstDayAsync());
        await store.TlsReports.ForgetAsync(Day, "a.example");
        await store.TlsReports.ForgetAsync(Day, "b.example");
        Assert.Equal(Day.AddDays(1), await store.TlsReports.FirstDayAsync());
    }

    [Fact]
    public async Task AddAsync_beyond_its_room_loses_particulars_and_then_is_left_out()
    {
        var store = await OpenAsync();
        Assert.Equal(0, await store.TlsReports.AddAsync([.. Enumerable.Range(0, 150).Select(i => new TlsCount(Day, "a.example", Sts, Expired with { Host = $"mx{i}.example" }, 1))]));
        var counts = await store.TlsReports.CountsAsync(Day, "a.example");
        Assert.Equal((ITlsReports.MostDetails + 1, 150, 50), (counts.Count, counts.Sum(c => c.Sessions), counts.Single(c => c.Failure!.Host.Length == 0).Sessions));

        // One policy after another, as a domain may change its own.
        var leftOut = await store.TlsReports.AddAsync([.. Enumerable.Range(0, 150).Select(i => new TlsCount(Day, "a.example", Sts with { Lines = $"v{i}" }, null, 2))]);
        Assert.Equal((2 * 51, 2 * ITlsReports.MostDetails), (leftOut, (await store.TlsReports.CountsAsync(Day, "a.example")).Count));
        Assert.Equal(0, await store.TlsReports.AddAsync([new(Day, "a.example", Sts with { Lines = "v0" }, null, 1)]));
    }

    [Fact]
    public async Task PutAsync_report_takes_the_place_of_its_counts_or_nothing_happens()
    {
        var store = await OpenAsync();
        await store.TlsReports.AddAsync([new(Day, "a.example", Sts, null, 3)]);
        var counts = await store.TlsReports.CountsAsync(Day, "a.example");
        var report = Report("20260101-1") with { Deliveries = [Delivery("20260101-1", "mailto:a@b.example"), Delivery("20260101-1", "https://b.example/")] };
        await store.TlsReports.AddAsync([new(Day, "a.example", Sts, null, 1)]);
        Assert.False(await store.TlsReports.PutAsync(report, Day, counts));
        Assert.Null(await store.TlsReports.FindAsync(report.Id));

        Assert.True(await store.TlsReports.PutAsync(report, Day, await store.TlsReports.CountsAsync(Day, "a.example")));
        Assert.Empty(await store.TlsReports.CountsAsync(Day, "a.example"));
        store = await ReopenAsync(store);
        var found = await store.TlsReports.FindAsync(report.Id);
        Assert.Equal(report.Body.ToArray(), found!.Body.ToArray());
        Assert.Equal(report.Deliveries.OrderBy(d => d.Uri, StringComparer.Ordinal), found.Deliveries);
        Assert.Equal(report with { Body = default, Deliveries = [] }, found with { Body = default, Deliveries = [] });
        Assert.Equal(report.Until, await store.TlsReports.ReportedUntilAsync("a.example", report.From));
        Assert.Null(await store.TlsReports.ReportedUntilAsync("a.example", report.From.AddSeconds(1)));

        // The same stretch is not reported twice.
        await store.TlsReports.AddAsync([new(Day, "a.example", Sts, null, 3)]);
        Assert.False(await store.TlsReports.PutAsync(report with { Id = "20260101-2" }, Day, await store.TlsReports.CountsAsync(Day, "a.example")));
    }

    [Fact]
    public async Task DueAsync_deliveries_wait_until_they_are_due_and_end_once()
    {
        var store = await OpenAsync();
        var one = Delivery("20260101-1", "mailto:a@b.example");
        Assert.True(await store.TlsReports.PutAsync(Report("20260101-1") with { Deliveries = [one, Delivery("20260101-1", "https://b.example/") with { DueAt = Clock.GetUtcNow().AddMinutes(5) }] }, Day, []));
        Assert.Equal([one], await store.TlsReports.DueAsync(Clock.GetUtcNow(), 10));
        var sent = one with { State = TlsReportDelivery.Sent, Attempts = 1, EndedAt = Clock.GetUtcNow(), LastError = null, Message = new(77) };
        await store.TlsReports.WriteAsync(sent);
        Assert.Empty(await store.TlsReports.DueAsync(Clock.GetUtcNow(), 10));
        Assert.Equal("https://b.example/", Assert.Single(await store.TlsReports.DueAsync(Clock.GetUtcNow().AddMinutes(5), 10)).Uri);
        Assert.Contains(sent, (await store.TlsReports.FindAsync("20260101-1"))!.Deliveries);
    }

    [Fact]
    public async Task ListAsync_newest_first_in_pages_until_their_time_is_over()
    {
        var store = await OpenAsync();
        for (var i = 1; i <= 3; i++)
        {
            var report = Report($"2026010{i}-x") with { Domain = i == 2 ? "b.example" : "a.example", From = Clock.GetUtcNow().AddDays(i), MadeAt = Clock.GetUtcNow().AddDays(i) };
            Assert.True(await store.TlsReports.PutAsync(report, Day, []));
        }

        async Task<IEnumerable<string>> Of(string? domain, string before, int limit) => (await store.TlsReports.ListAsync(domain, before, limit)).Select(r => r.Id[..8]);
        Assert.Equal(["20260103", "20260102"], await Of(null, "", 2));
        Assert.Equal(["20260101"], await Of(null, "20260102-x", 2));
        Assert.Equal(["20260103", "20260101"], await Of("a.example", "", 10));
        Clock.Advance(TimeSpan.FromDays(32.5));
        await store.Janitor!.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["20260103"], await Of(null, "", 10));
    }

    private TlsReport Report(string id) => new(id, "a.example", Clock.GetUtcNow(), Clock.GetUtcNow().AddHours(23), Clock.GetUtcNow().AddHours(25), 4, 2, new byte[] { 31, 139, 0, 255 });

    private TlsReportDelivery Delivery(string id, string uri) => new(id, uri, TlsReportDelivery.Waiting, Clock.GetUtcNow());
}

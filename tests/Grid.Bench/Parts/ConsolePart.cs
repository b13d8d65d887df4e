using System.Globalization;
using Grid.Bench.Children;
using Grid.Bench.Load;
using Grid.Bench.Report;
using Grid.Bench.Servers;

namespace Grid.Bench.Parts;

/// <summary>How long the console's pages take with much to show: many tenants, IPs and domains, and a large queue. Beside them a page that shows nothing.</summary>
internal sealed class ConsolePart(BenchOptions options, Workplace place, GridHostBinary host) : IPart
{
    private const int MessageBytes = 512;
    private const int Connections = 4;
    private const int MaxPages = 200;

    private static readonly string[] Pages =
    [
        "/sign-in", "/", "/tenants", "/tenants?q=t99&state=active", "/tenants/t500", "/tenants/t500/mail", "/ips", "/ips/127.0.7.7", "/domains", "/domains/d77.example", "/queue", "/queue?tenant=bench", "/deliveries",
        "/back-off", "/limits?ip=127.0.7.7&site=127.0.0.1:1", "/policies", "/policies/default", "/decisions", "/cases", "/abuse-desk", "/shaping", "/warm-up", "/feedback", "/grains",
    ];

    private readonly Table table = new("page", "status", "ms, median (least-most)", "KB");

    public async Task RunAsync(CancellationToken cancel)
    {
        var messages = options.Int("messages", 1_000_000, 1_000, 10_000_000) / QueueFill.BatchSize * QueueFill.BatchSize;
        var domains = options.Int("domains", 50_000, 1, 100_000);
        var tenants = options.Int("tenants", 10_000, 501, 100_000);
        var visits = options.Int("visits", 10, 1, MaxPages);
        await using var grid = new GridServer(place, host, [new GridRoute("*", 1)]);
        await grid.StartAsync(cancel);
        await grid.Api.PauseAsync(cancel);
        await Parallel.ForAsync(0, tenants, new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = cancel }, async (i, stop) =>
            await grid.Api.PutAsync($"/v1/tenants/t{i}", new { name = $"Tenant {i}", policy = "default", sendingDomains = new[] { $"t{i}.example" } }, stop));
        for (var i = 0; i < 200; i++)
        {
            await grid.Api.PutAsync($"/v1/ips/127.0.7.{i + 1}", new { pool = "others" }, cancel);
        }

        Console.Error.WriteLine($"  {tenants:N0} tenants and 200 IPs are there");
        await QueueFill.RunAsync(grid, messages, MessageBytes, domains, cancel);
        await MeasureAsync(grid, visits, cancel);
        table.Print(string.Create(CultureInfo.InvariantCulture, $"{tenants:N0} tenants, 200 IPs, {domains:N0} domains, {messages:N0} messages queued; each page {visits} times, whole"));
    }

    private async Task MeasureAsync(GridServer grid, int visits, CancellationToken cancel)
    {
        using var visitor = await grid.Api.VisitAsync(cancel);
        foreach (var path in Pages)
        {
            var took = new List<double>();
            var (status, bytes) = (0, 0);
            for (var visit = 0; visit < visits; visit++)
            {
                var began = TimeProvider.System.GetTimestamp();
                using var page = await visitor.GetAsync(path, cancel);
                bytes = (await page.Content.ReadAsByteArrayAsync(cancel)).Length;
                took.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
                status = (int)page.StatusCode;
            }

            table.Add(path, status.ToString(CultureInfo.InvariantCulture), Spread.Of(took).Text("0"), (bytes / 1e3).ToString("0", CultureInfo.InvariantCulture));
        }
    }
}

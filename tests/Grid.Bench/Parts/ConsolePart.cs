using System.Diagnostics;
using System.Globalization;
using Grid.Bench.Children;
using Grid.Bench.Load;
using Grid.Bench.Report;
using Grid.Bench.Servers;

namespace Grid.Bench.Parts;

/// <summary>
/// How long the console's pages and the lists behind them take with much to show: many tenants, IPs and domains, and a large queue. Each is asked for
/// once right after a restart, when nothing is compiled or remembered, and then again and again. Beside them a page that shows nothing.
/// </summary>
internal sealed class ConsolePart(BenchOptions options, Workplace place, GridHostBinary host) : IPart
{
    private const int MessageBytes = 512;
    private const int Connections = 4;
    private const int MaxVisits = 200;
    private const int Ips = 200;
    private const int SuspendedEvery = 50;

    private static readonly string[] Pages =
    [
        "/sign-in", "/", "/tenants", "/tenants?q=t99&state=active", "/tenants?state=suspended", "/tenants?page=150", "/tenants/t500", "/tenants/t500/mail", "/ips", "/ips/127.0.7.7", "/pools", "/domains", "/domains?q=77",
        "/domains?page=900", "/domains/d77.example", "/sites/127.0.0.1:1", "/queue", "/queue?tenant=bench", "/queue?domain=d77.example", "/held", "/deliveries", "/back-off", "/limits?ip=127.0.7.7&site=127.0.0.1:1", "/policies", "/policies/default",
        "/decisions", "/decisions?subject=tenant/t50", "/cases", "/abuse-desk", "/incidents", "/shaping", "/warm-up", "/feedback", "/grains",
    ];

    /// <summary>What the pages are made of, and what a monitor reads.</summary>
    private static readonly string[] Lists =
    [
        "/v1/tenants?limit=100", "/v1/tenants?limit=1000", "/v1/ips?limit=1000", "/v1/domains/d77.example", "/v1/sites", "/v1/queue", "/v1/decisions?limit=1000", "/v1/cases", "/metrics",
    ];

    private readonly Table table = new("page", "status", "ms, first after a start", "ms, median (least-most)", "KB");

    public async Task RunAsync(CancellationToken cancel)
    {
        var messages = options.Int("messages", 1_000_000, 1_000, 10_000_000) / QueueFill.BatchSize * QueueFill.BatchSize;
        var domains = options.Int("domains", 50_000, 100, 100_000);
        var tenants = options.Int("tenants", 10_000, 501, 100_000);
        var visits = options.Int("visits", 10, 1, MaxVisits);
        await using var grid = new GridServer(place, host, [new GridRoute("*", 1)]);
        await grid.StartAsync(cancel);
        await grid.Api.PauseAsync(cancel);
        await FillAsync(grid, tenants, domains, cancel);
        await QueueFill.RunAsync(grid, messages, MessageBytes, domains, cancel);
        await grid.StopAsync();
        await grid.StartAsync(cancel);
        Console.Error.WriteLine("  started anew; measuring");
        await using var memory = new MemorySampler(() => grid.ProcessId is { } root ? ProcessTree.Processes(root).Sum(ProcessTree.ResidentSetSize) : 0);
        using (var visitor = await grid.Api.VisitAsync(cancel))
        {
            var first = new Dictionary<string, double>();
            foreach (var path in Pages.Concat(Lists))
            {
                first[path] = (await AskAsync(grid, visitor, path, cancel)).Milliseconds;
            }

            foreach (var path in Pages.Concat(Lists))
            {
                await MeasureAsync(grid, visitor, path, first[path], visits, cancel);
            }
        }

        table.Print(string.Create(
            CultureInfo.InvariantCulture,
            $"{tenants:N0} tenants, {Ips} IPs, {domains:N0} domains, {messages:N0} messages queued; each once after a start (ready after {grid.ReadyAfter.TotalSeconds:0.0} s), then {visits} times, whole; peak {memory.PeakBytes / 1e6:0} MB"));
    }

    private static async Task FillAsync(GridServer grid, int tenants, int domains, CancellationToken cancel)
    {
        var degree = new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = cancel };
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, tenants, degree, async (i, stop) =>
        {
            await grid.Api.PutAsync($"/v1/tenants/t{i}", new { name = $"Tenant {i}", policy = "default", sendingDomains = new[] { $"t{i}.example" } }, stop);
            if (i % SuspendedEvery == 0)
            {
                await grid.Api.PostAsync($"/v1/tenants/t{i}/state", new { state = "suspended", reason = "for the list" }, stop);
            }
        });
        await Parallel.ForAsync(0, Ips, degree, async (i, stop) => await grid.Api.PutAsync($"/v1/ips/127.0.7.{i + 1}", new { pool = $"pool-{i % 10}", warmup = i % 2 == 0 ? new { plan = "standard" } : null }, stop));
        await Parallel.ForAsync(0, domains, degree, async (i, stop) => await grid.Api.PutAsync($"/v1/domains/d{i}.example/limits", new { maxConnections = 5 }, stop));
        Console.Error.WriteLine($"  {tenants:N0} tenants, {Ips} IPs and {domains:N0} domains are there after {watch.Elapsed.TotalSeconds:0} s");
    }

    private async Task MeasureAsync(GridServer grid, HttpClient visitor, string path, double first, int visits, CancellationToken cancel)
    {
        var took = new List<double>();
        var (status, bytes) = (0, 0);
        for (var visit = 0; visit < visits; visit++)
        {
            (status, bytes, var milliseconds) = await AskAsync(grid, visitor, path, cancel);
            took.Add(milliseconds);
        }

        table.Add(path, status.ToString(CultureInfo.InvariantCulture), first.ToString("0", CultureInfo.InvariantCulture), Spread.Of(took).Text("0"), (bytes / 1e3).ToString("0", CultureInfo.InvariantCulture));
    }

    private static async Task<(int Status, int Bytes, double Milliseconds)> AskAsync(GridServer grid, HttpClient visitor, string path, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var answer = await (path.StartsWith("/v1/", StringComparison.Ordinal) || path == "/metrics" ? grid.Api.GetAsync(path, cancel) : visitor.GetAsync(path, cancel));
        var bytes = (await answer.Content.ReadAsByteArrayAsync(cancel)).Length;
        return ((int)answer.StatusCode, bytes, TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
    }
}

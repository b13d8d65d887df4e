using System.Diagnostics;
using Grid.Bench.Children;
using Grid.Bench.Load;
using Grid.Bench.Report;
using Grid.Bench.Servers;

namespace Grid.Bench.Parts;

/// <summary>What the grid takes over HTTP in batches of 100 against what it takes over SMTP, in the same run, while it delivers.</summary>
internal sealed class HttpPart(BenchOptions options, Workplace place, GridHostBinary host) : IPart
{
    private const int BatchSize = 100;
    private const int Connections = 8;
    private readonly List<(double Accepted, double EndToEnd)> http = [];
    private readonly List<(double Accepted, double EndToEnd)> smtp = [];

    public async Task RunAsync(CancellationToken cancel)
    {
        if ((host.Missing() ?? SmtpSource.Missing ?? SmtpSink.Missing) is { } missing)
        {
            throw new BenchException($"needs {missing}");
        }

        var messages = options.Int("messages", 20_000, 1_000, 10_000_000) / BatchSize * BatchSize;
        var size = options.Int("size", 4096, 64, 1 << 20);
        var load = new MailLoad(size, messages, options.Sessions);
        var body = BatchSource.Body(BatchSize, size, i => $"user{i}@client.example");
        for (var round = 1; round <= options.Rounds; round++)
        {
            await using var sink = await SmtpSink.StartAsync(place, cancel);
            await using var grid = new GridServer(place, host, [new GridRoute("*", sink.Port)]);
            await grid.StartAsync(cancel);
            using var source = new BatchSource(grid.Api.Address, await grid.Api.NewKeyAsync(GridServer.Tenant, cancel));
            await source.RunAsync(Math.Max(1, options.Warmup / BatchSize), Connections, _ => body, cancel);
            await SmtpSource.RunAsync(place, grid.Port, load with { Messages = Math.Max(1, options.Warmup) }, cancel);
            await sink.WaitAsync((Math.Max(1, options.Warmup / BatchSize) * BatchSize) + Math.Max(1, options.Warmup), options.Timeout, cancel);

            // Who goes first changes with the round.
            foreach (var overHttp in (bool[])[round % 2 == 1, round % 2 == 0])
            {
                var figures = await MeasureAsync(sink, messages, () => overHttp ? OverHttpAsync() : SmtpSource.RunAsync(place, grid.Port, load, cancel), cancel);
                (overHttp ? http : smtp).Add(figures);
                Console.Error.WriteLine($"  round {round}, {(overHttp ? "HTTP" : "SMTP")}: {figures.Accepted:N0} accepted/s");
            }

            async Task<TimeSpan> OverHttpAsync()
            {
                var watch = Stopwatch.StartNew();
                var queued = await source.RunAsync(messages / BatchSize, Connections, _ => body, cancel);
                return queued == messages ? watch.Elapsed : throw new BenchException($"{queued:N0} of {messages:N0} were queued");
            }
        }

        var table = new Table("way in", "accepted/s", "end to end/s");
        table.Add($"HTTP, batches of {BatchSize}, {Connections} connections", Spread.Of(http.Select(one => one.Accepted)).Text("N0"), Spread.Of(http.Select(one => one.EndToEnd)).Text("N0"));
        table.Add($"SMTP, {options.Sessions} sessions", Spread.Of(smtp.Select(one => one.Accepted)).Text("N0"), Spread.Of(smtp.Select(one => one.EndToEnd)).Text("N0"));
        table.Add("HTTP / SMTP", Spread.Of(http.Zip(smtp, (over, under) => over.Accepted / under.Accepted)).Text("0.00"), Spread.Of(http.Zip(smtp, (over, under) => over.EndToEnd / under.EndToEnd)).Text("0.00"));
        table.Print($"{load.Label}: median (least-most) of {options.Rounds} rounds");
    }

    private async Task<(double Accepted, double EndToEnd)> MeasureAsync(SmtpSink sink, int messages, Func<Task<TimeSpan>> inject, CancellationToken cancel)
    {
        var before = sink.Received;
        var watch = Stopwatch.StartNew();
        var accepting = await inject();
        await sink.WaitAsync(before + messages, options.Timeout, cancel);
        return (messages / accepting.TotalSeconds, messages / watch.Elapsed.TotalSeconds);
    }
}

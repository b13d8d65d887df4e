using System.Diagnostics;
using System.Globalization;
using Grid.Bench.Children;
using Grid.Bench.Load;
using Grid.Bench.Report;
using Grid.Bench.Servers;

namespace Grid.Bench.Parts;

/// <summary>
/// A large queue: what it costs in memory, how soon the grid is ready again after a restart on it, and how fast it delivers from it,
/// against the same with next to nothing queued.
/// </summary>
internal sealed class MillionPart(BenchOptions options, Workplace place, GridHostBinary host) : IPart
{
    private readonly Table table = new("queued", "queueing/s", "ready again s", "delivered/s", "peak RSS MB, queueing", "peak RSS MB, after restart");

    public async Task RunAsync(CancellationToken cancel)
    {
        if ((host.Missing() ?? SmtpSink.Missing) is { } missing)
        {
            throw new BenchException($"needs {missing}");
        }

        var many = options.Int("messages", 1_000_000, 10_000, 10_000_000) / QueueFill.BatchSize * QueueFill.BatchSize;
        var size = options.Int("size", 1024, 64, 1 << 20);
        var domains = options.Int("domains", 1_000, 1, 1_000_000);
        var sample = Math.Min(many, 20_000);
        var few = await MeasureAsync(sample, sample, size, domains, cancel);
        var full = await MeasureAsync(many, Math.Min(many, 5 * sample), size, domains, cancel);
        table.Add("ratio", "", (full.Ready / few.Ready).ToString("0.00", CultureInfo.InvariantCulture), (full.Delivered / few.Delivered).ToString("0.00", CultureInfo.InvariantCulture), "", "");
        table.Print($"{size} B messages to {domains:N0} domains, held back while they are queued, delivered after a restart");
    }

    private async Task<(double Ready, double Delivered)> MeasureAsync(int messages, int sample, int size, int domains, CancellationToken cancel)
    {
        await using var sink = await SmtpSink.StartAsync(place, cancel);
        await using var grid = new GridServer(place, host, [new GridRoute("*", sink.Port)]);
        await grid.StartAsync(cancel);
        await grid.Api.PauseAsync(cancel);
        double queueing, peakQueueing;
        await using (var memory = new MemorySampler(() => Resident(grid)))
        {
            queueing = await QueueFill.RunAsync(grid, messages, size, domains, cancel);
            peakQueueing = memory.PeakBytes / 1e6;
        }

        if (!await grid.StopAsync())
        {
            Console.Error.WriteLine("  the grid did not end by itself on SIGTERM");
        }

        await grid.StartAsync(cancel);
        var ready = grid.ReadyAfter.TotalSeconds;
        await using var after = new MemorySampler(() => Resident(grid));
        if (sink.Received is > 0 and var early)
        {
            throw new BenchException($"{early:N0} messages were delivered although the queue was paused");
        }

        var watch = Stopwatch.StartNew();
        await grid.Api.ResumeAsync(cancel);
        await sink.WaitAsync(sample, options.Timeout, cancel);
        var delivered = sample / watch.Elapsed.TotalSeconds;
        table.Add(
            messages.ToString("N0", CultureInfo.InvariantCulture), Text(queueing, "N0"), Text(ready, "0.00"), Text(delivered, "N0"), Text(peakQueueing, "0"),
            Text(after.PeakBytes / 1e6, "0"));
        return (ready, delivered);

        static string Text(double figure, string format) => figure.ToString(format, CultureInfo.InvariantCulture);
    }

    private static long Resident(GridServer grid) => grid.ProcessId is { } root ? ProcessTree.Processes(root).Sum(ProcessTree.ResidentSetSize) : 0;
}

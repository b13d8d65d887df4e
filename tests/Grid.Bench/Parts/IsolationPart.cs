using System.Globalization;
using Grid.Bench.Children;
using Grid.Bench.Load;
using Grid.Bench.Report;
using Grid.Bench.Servers;
using Grid.Bench.Wire;

namespace Grid.Bench.Parts;

/// <summary>
/// Twenty healthy domains at a steady rate, alone, and then beside one whose receiver takes connections and says nothing and one
/// that nobody answers for: the delay of the healthy ones' mail with over without.
/// </summary>
internal sealed class IsolationPart(BenchOptions options, Workplace place, GridHostBinary host) : IPart
{
    private const int Healthy = 20;
    private const int SizeBytes = 4096;

    public async Task RunAsync(CancellationToken cancel)
    {
        if (host.Missing() is { } missing)
        {
            throw new BenchException($"needs {missing}");
        }

        var perDomain = options.Int("rate", 400, 20, 100_000) / (double)Healthy;
        var seconds = options.Int("seconds", 20, 2, 3_600);
        var table = new Table("round", "median ms without", "p99 ms without", "median ms with", "p99 ms with", "ratio of medians", "healthy missing");
        var ratios = new List<double>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            var alone = await MeasureAsync(Healthy, perDomain, seconds, cancel);
            var beside = await MeasureAsync(Healthy + 2, perDomain, seconds, cancel);
            ratios.Add(At(beside.DelaysMs, 0.5) / At(alone.DelaysMs, 0.5));
            table.Add(
                round.ToString(CultureInfo.InvariantCulture), Text(At(alone.DelaysMs, 0.5)), Text(At(alone.DelaysMs, 0.99)), Text(At(beside.DelaysMs, 0.5)),
                Text(At(beside.DelaysMs, 0.99)), ratios[^1].ToString("0.00", CultureInfo.InvariantCulture), (alone.Missing + beside.Missing).ToString("N0", CultureInfo.InvariantCulture));
        }

        table.Print($"delay from the last byte sent to received, {Healthy} healthy domains at {perDomain:0.#}/s each for {seconds} s");
        Console.WriteLine($"  with / without: {Spread.Of(ratios).Text("0.00")}");

        static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[(int)((sorted.Length - 1) * share)];
        static string Text(double figure) => figure.ToString("0.0", CultureInfo.InvariantCulture);
    }

    // Numbers go round the domains; those from Healthy on are the sick ones.
    private async Task<(double[] DelaysMs, int Missing)> MeasureAsync(int domains, double perDomain, int seconds, CancellationToken cancel)
    {
        var book = new TagBook((int)(domains * perDomain * seconds));
        using var sink = new TaggedSink(book);
        using var hanging = new HangingSink();
        await using var grid = new GridServer(
            place, host, [new GridRoute("d20.example", hanging.Port), new GridRoute("d21.example", Workplace.FreePort()), new GridRoute("*", sink.Port)]);
        await grid.StartAsync(cancel);
        var source = new TaggedSource(grid.Port, book, SizeBytes, number => $"user@d{number % domains}.example", domains * perDomain);
        await source.RunAsync(options.Sessions, cancel);
        var expected = Enumerable.Range(0, book.Size).Count(IsHealthy);
        var deadline = TimeProvider.System.GetTimestamp();
        while (book.Arrivals < expected && TimeProvider.System.GetElapsedTime(deadline) < options.Drain)
        {
            await Task.Delay(50, cancel);
        }

        // The first second is the server's warming up.
        var warm = (int)(domains * perDomain);
        return (book.DelaysMs(number => number >= warm && IsHealthy(number)), Math.Max(0, expected - book.Arrivals));

        bool IsHealthy(int number) => number % domains < Healthy;
    }
}

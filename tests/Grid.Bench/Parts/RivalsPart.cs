using Grid.Bench.Children;
using Grid.Bench.Load;
using Grid.Bench.Report;
using Grid.Bench.Servers;

namespace Grid.Bench.Parts;

/// <summary>The same work through each server in turn, alternating over the rounds, so that a noisy minute hits all alike.</summary>
internal sealed class RivalsPart(BenchOptions options, Workplace place, GridHostBinary host) : IPart
{
    private readonly Dictionary<(string Contender, MailLoad Load), List<RelayFigures?>> figures = [];
    private StageTimes? stages;

    public async Task RunAsync(CancellationToken cancel)
    {
        if ((SmtpSource.Missing ?? SmtpSink.Missing) is { } missing)
        {
            throw new BenchException($"needs {missing}");
        }

        var contenders = Contenders.Choose(options, host);
        try
        {
            await RoundsAsync(contenders, cancel);
        }
        finally
        {
            // Stopped in the middle, it shows what it has.
            foreach (var load in options.Loads.Where(load => figures.Keys.Any(key => key.Load == load)))
            {
                Print(load, contenders);
            }

            stages?.Print("Grid, times by its own metrics (last run)");
        }
    }

    private async Task RoundsAsync(IReadOnlyList<Contender> contenders, CancellationToken cancel)
    {
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var load in options.Loads)
            {
                foreach (var contender in contenders)
                {
                    var figure = await MeasureAsync(contender, load, cancel);
                    if (!figures.TryGetValue((contender.Key, load), out var list))
                    {
                        figures[(contender.Key, load)] = list = [];
                    }

                    list.Add(figure);
                    Console.Error.WriteLine($"  round {round}, {load.Label}, {contender.Name}: {(figure is null ? "failed" : $"{figure.EndToEnd:N0}/s")}");
                }
            }
        }
    }

    // A server that fails one run has no figure for that round; the others go on.
    private async Task<RelayFigures?> MeasureAsync(Contender contender, MailLoad load, CancellationToken cancel)
    {
        await using var sink = await SmtpSink.StartAsync(place, cancel);
        await using var server = contender.Create(place, sink.Port);
        try
        {
            await server.StartAsync(cancel);
            var run = new RelayRun(place, server, sink, options.Timeout);
            if (options.Warmup > 0 && contender.Warm)
            {
                await run.MeasureAsync(load with { Messages = options.Warmup }, cancel);
            }

            var before = server is GridServer started ? StageTimes.Parse(await started.Api.MetricsAsync(cancel)) : null;
            var figure = await run.MeasureAsync(load, cancel);
            if (server is GridServer grid && before is not null)
            {
                stages = StageTimes.Parse(await grid.Api.MetricsAsync(cancel)).Since(before);
            }

            return figure;
        }
        catch (BenchException failure)
        {
            Console.Error.WriteLine($"  {contender.Name}: {failure.Message}");
            return null;
        }
    }

    private void Print(MailLoad load, IReadOnlyList<Contender> contenders)
    {
        var table = new Table("server", "accepted/s", "end to end/s", "CPU ms/message", "peak MB", "Grid / it, end to end", "it / Grid, CPU");
        var grid = figures.GetValueOrDefault((Contenders.Grid, load));
        foreach (var contender in contenders)
        {
            var own = figures.GetValueOrDefault((contender.Key, load)) ?? [];
            var rival = contender.Key is not (Contenders.Grid or Contenders.Ceiling);
            var server = contender.Key != Contenders.Ceiling;
            table.Add(
                contender.Name,
                Of(own, one => one.Accepted).Text("N0"),
                Of(own, one => one.EndToEnd).Text("N0"),
                server ? Of(own, one => one.ProcessorMs).Text("0.00") : "-",
                server ? Spread.Of(own.OfType<RelayFigures>().Select(one => one.PeakMemoryBytes / 1e6)).Text("0") : "-",
                grid is null || contender.Key == Contenders.Grid ? "-" : Ratio(grid, own, (mine, its) => mine.EndToEnd / its.EndToEnd).Text("0.00"),
                grid is null || !rival ? "-" : Ratio(grid, own, (mine, its) => its.ProcessorMs / mine.ProcessorMs).Text("0.00"));
        }

        table.Print($"{load.Label}: median (least-most) of up to {options.Rounds} alternating rounds");
    }

    private static Spread Of(List<RelayFigures?> list, Func<RelayFigures, double> figure) => Spread.Of(list.OfType<RelayFigures>().Select(figure));

    // Ratios pair the runs of one round, which ran within minutes of one another.
    private static Spread Ratio(List<RelayFigures?> grid, List<RelayFigures?> rival, Func<RelayFigures, RelayFigures, double> ratio) =>
        Spread.Of(grid.Zip(rival).Where(pair => pair.First is not null && pair.Second is not null).Select(pair => ratio(pair.First!, pair.Second!)));
}

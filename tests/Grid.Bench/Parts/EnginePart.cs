using Grid.Bench.Engine;
using Grid.Bench.Report;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Grid.Bench.Parts;

/// <summary>Calls a second and bytes a call of the grain engine, beside a plain mailbox on a channel that promises only the turns.</summary>
internal sealed class EnginePart(BenchOptions options) : IPart
{
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(1.5);
    private readonly TimeSpan measuring = TimeSpan.FromSeconds(options.Int("seconds", 3, 1, 600));

    public async Task RunAsync(CancellationToken cancel)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(EngineSilo.Configure);
        using var host = builder.Build();
        await host.StartAsync(cancel);
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var channels = Enumerable.Range(0, options.Callers).Select(_ => new ChannelCounter()).ToArray();
        (string Name, Func<int, Func<Task<long>>> Callee)[] contenders =
        [
            ("engine, a grain for each caller", caller => Grain($"own-{caller}")),
            ("channel, a mailbox for each caller", caller => () => channels[caller].AddAsync(1)),
            ("engine, one grain for all", _ => Grain("shared")),
            ("channel, one mailbox for all", _ => () => channels[0].AddAsync(1)),
        ];
        var figures = contenders.ToDictionary(one => one.Name, _ => new List<CallFigures>());
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var (name, callee) in contenders)
            {
                await CallAsync(callee, Warming, cancel);
                figures[name].Add(await CallAsync(callee, measuring, cancel));
            }
        }

        var table = new Table("what", "calls/s", "bytes/call", "engine / channel");
        for (var i = 0; i < contenders.Length; i++)
        {
            var own = figures[contenders[i].Name];
            table.Add(
                contenders[i].Name,
                Spread.Of(own.Select(one => one.CallsPerSecond)).Text("N0"),
                Spread.Of(own.Select(one => one.BytesPerCall)).Text("0"),
                i % 2 == 1 ? "-" : Spread.Of(own.Zip(figures[contenders[i + 1].Name], (mine, plain) => mine.CallsPerSecond / plain.CallsPerSecond)).Text("0.00"));
        }

        table.Print($"{EngineSilo.Name}: {options.Callers} callers, each with one call under way: median (least-most) of {options.Rounds} rounds");
        foreach (var channel in channels)
        {
            channel.Close();
        }

        await Task.WhenAll(channels.Select(channel => channel.Emptying));
        await host.StopAsync(cancel);

        Func<Task<long>> Grain(string key)
        {
            var grain = grains.GetGrain<ICountingGrain>(key);
            return () => grain.AddAsync(1);
        }
    }

    // Every caller looks at the clock once in 64 calls.
    private async Task<CallFigures> CallAsync(Func<int, Func<Task<long>>> callee, TimeSpan length, CancellationToken cancel)
    {
        var calls = 0L;
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, options.Callers).Select(caller => Task.Run(
            async () =>
            {
                var call = callee(caller);
                var own = 0;
                do
                {
                    for (var i = 0; i < 64; i++)
                    {
                        await call();
                    }

                    own += 64;
                }
                while (TimeProvider.System.GetElapsedTime(start) < length && !cancel.IsCancellationRequested);
                Interlocked.Add(ref calls, own);
            },
            cancel)));
        var elapsed = TimeProvider.System.GetElapsedTime(start);
        cancel.ThrowIfCancellationRequested();
        return new CallFigures(calls / elapsed.TotalSeconds, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)calls);
    }
}

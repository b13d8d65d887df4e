using System.Globalization;
using Grid.Bench.Children;
using Grid.Bench.Load;
using Grid.Bench.Report;
using Grid.Bench.Servers;
using Grid.Bench.Wire;

namespace Grid.Bench.Parts;

/// <summary>
/// Kills each server with SIGKILL at random moments under load and starts it again on what it left behind; then compares what it
/// had accepted with what the receiver has.
/// </summary>
internal sealed class KillPart(BenchOptions options, Workplace place, GridHostBinary host) : IPart
{
    private const int MostMessages = 1_000_000;
    private const int SizeBytes = 4096;
    private readonly Table table = new(
        "server", "kills", "ready again s", "accepted", "lost", "delivered twice", "reply lost, delivered", "received by the last kill", "receiver has", "own counter");

    // Given the same pace, servers of unlike speed are compared by how long each leaves a message's fate open.
    private int? Rate => options.Int("rate", 0, 0, 100_000) is > 0 and var rate ? rate : null;

    public async Task RunAsync(CancellationToken cancel)
    {
        foreach (var contender in Contenders.Choose(options, host, Contenders.Grid, Contenders.PostfixQuick))
        {
            await RunAsync(contender, cancel);
        }

        var load = Rate is { } rate ? $"{rate:N0} messages a second" : "all that each takes";
        table.Print($"{options.Kills} times kill -9 under load of {options.Sessions} sessions, {load}, seed {options.Seed}");
    }

    private async Task RunAsync(Contender contender, CancellationToken cancel)
    {
        var random = new Random(options.Seed);
        var book = new TagBook(MostMessages);
        using var sink = new TaggedSink(book);
        await using var server = contender.Create(place, sink.Port);
        await server.StartAsync(cancel);
        var source = new TaggedSource(server.Port, book, SizeBytes, _ => MailLoad.Recipient, Rate ?? double.PositiveInfinity);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var injecting = source.RunAsync(options.Sessions, stop.Token);
        var ready = new List<double>();
        var byThen = 0;
        for (var kill = 0; kill < options.Kills; kill++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1.5 + (random.NextDouble() * 2)), cancel);
            await server.KillAsync();
            byThen = book.Arrivals;
            var killed = TimeProvider.System.GetTimestamp();
            await server.StartAsync(cancel);
            ready.Add(TimeProvider.System.GetElapsedTime(killed).TotalSeconds);
            Console.Error.WriteLine($"  {contender.Name}: killed and started {kill + 1} times, {book.Arrivals:N0} delivered");
        }

        await Task.Delay(TimeSpan.FromSeconds(1), cancel);
        await stop.CancelAsync();
        await injecting;
        await DrainAsync(book, cancel);
        var counter = server is GridServer grid
            ? (await grid.Api.CounterAsync(GridServer.Tenant, "delivered", cancel)).ToString("N0", CultureInfo.InvariantCulture)
            : "-";
        var totals = book.Totals();
        table.Add(
            contender.Name, Text(options.Kills), Spread.Of(ready).Text("0.0"), Text(totals.Accepted), Text(totals.Lost), Text(totals.Repeats),
            Text(totals.Unasked), Text(byThen), Text(totals.Distinct), counter);

        static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
    }

    // Until nothing is missing, or nothing has come for so long that nothing will. Then a while more, for repeats.
    private async Task DrainAsync(TagBook book, CancellationToken cancel)
    {
        var arrivals = book.Arrivals;
        var last = TimeProvider.System.GetTimestamp();
        while (book.Totals().Lost > 0 && TimeProvider.System.GetElapsedTime(last) < options.Drain)
        {
            await Task.Delay(250, cancel);
            if (book.Arrivals != arrivals)
            {
                arrivals = book.Arrivals;
                last = TimeProvider.System.GetTimestamp();
            }
        }

        await Task.Delay(TimeSpan.FromSeconds(5), cancel);
    }
}

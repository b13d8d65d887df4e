using System.Diagnostics;
using Grid.Bench.Servers;

namespace Grid.Bench.Load;

/// <summary>Fills a grid's queue over HTTP, with mail to many domains.</summary>
internal static class QueueFill
{
    /// <summary>Messages of a batch; what is queued comes in whole batches.</summary>
    public const int BatchSize = 500;

    private const int Connections = 4;
    private const int Bodies = 100;
    private const int Round = 200;

    /// <summary>Queues so many.</summary>
    /// <returns>Messages a second.</returns>
    /// <exception cref="BenchException">Not all were taken.</exception>
    public static async Task<double> RunAsync(GridServer grid, int messages, int size, int domains, CancellationToken cancel)
    {
        using var source = new BatchSource(grid.Api.Address, await grid.Api.NewKeyAsync(GridServer.Tenant, cancel));
        // A few bodies that together name every domain, used over and over.
        var bodies = Enumerable.Range(0, Bodies)
            .Select(body => BatchSource.Body(BatchSize, size, i => $"user{i}@d{((body * BatchSize) + i) % domains}.example")).ToArray();
        var watch = Stopwatch.StartNew();
        var queued = 0;
        for (var left = messages / BatchSize; left > 0; left -= Round)
        {
            queued += await source.RunAsync(Math.Min(left, Round), Connections, number => bodies[number % Bodies], cancel);
            Console.Error.WriteLine($"  {queued:N0} queued after {watch.Elapsed.TotalSeconds:0} s");
        }

        return queued == messages ? messages / watch.Elapsed.TotalSeconds : throw new BenchException($"{queued:N0} of {messages:N0} were queued");
    }
}

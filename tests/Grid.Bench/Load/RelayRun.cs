using System.Diagnostics;
using Grid.Bench.Children;
using Grid.Bench.Servers;

namespace Grid.Bench.Load;

/// <summary>Sends a load through a running server to the receiver, and measures.</summary>
internal sealed class RelayRun(Workplace place, IMailServer server, SmtpSink sink, TimeSpan longest)
{
    // The outcomes of the last messages are still being written when the receiver has them: that work is the server's too.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(500);

    /// <exception cref="BenchException">A message was refused, or not all arrived in time.</exception>
    public async Task<RelayFigures> MeasureAsync(MailLoad load, CancellationToken cancel)
    {
        var before = sink.Received;
        var used = Used();
        await using var memory = new MemorySampler(() => server.ProcessId is { } root ? ProcessTree.ProportionalSetSize(root) : 0);
        var watch = Stopwatch.StartNew();
        var accepting = await SmtpSource.RunAsync(place, server.Port, load, cancel);
        await sink.WaitAsync(before + load.Messages, longest - watch.Elapsed, cancel);
        var whole = watch.Elapsed;
        await Task.Delay(Settle, cancel);
        return new RelayFigures(
            load.Messages / accepting.TotalSeconds,
            load.Messages / whole.TotalSeconds,
            (Used() - used).TotalMilliseconds / load.Messages,
            memory.PeakBytes);
    }

    private TimeSpan Used() => server.ProcessId is { } root ? ProcessTree.ProcessorTime(root) : TimeSpan.Zero;
}

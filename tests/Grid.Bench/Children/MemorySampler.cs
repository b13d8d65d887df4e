namespace Grid.Bench.Children;

/// <summary>Peak memory of a process tree, looked at once a second: often enough for a queue, rare enough to cost nothing.</summary>
internal sealed class MemorySampler : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource stopping = new();
    private readonly Func<long> look;
    private readonly Task sampling;
    private long peakBytes;

    /// <param name="look">Reads the memory now, in bytes.</param>
    public MemorySampler(Func<long> look)
    {
        this.look = look;
        sampling = Task.Run(SampleAsync);
    }

    /// <summary>The most that was seen so far, in bytes.</summary>
    public long PeakBytes => Interlocked.Read(ref peakBytes);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await sampling;
        stopping.Dispose();
    }

    private async Task SampleAsync()
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            do
            {
                Interlocked.Exchange(ref peakBytes, Math.Max(peakBytes, look()));
            }
            while (await timer.WaitForNextTickAsync(stopping.Token));
        }
        catch (OperationCanceledException)
        {
            Interlocked.Exchange(ref peakBytes, Math.Max(peakBytes, look()));
        }
    }
}

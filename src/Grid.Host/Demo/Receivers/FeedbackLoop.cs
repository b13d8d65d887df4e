using System.Threading.Channels;

namespace Grid.Host.Demo.Receivers;

/// <summary>
/// The feedback loop of a provider. In: complaints. Out: a report of each, some seconds later. Holds at most 1,000; what comes beyond is
/// dropped and counted. A report that can't be handed over is said and left.
/// </summary>
internal sealed class FeedbackLoop(string reporter, TimeProvider clock)
{
    /// <summary>From the delivery to the report.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(3);

    private const int MaxWaiting = 1000;

    private readonly Channel<(DateTimeOffset Due, Complaint Complaint)> _waiting = Channel.CreateBounded<(DateTimeOffset, Complaint)>(MaxWaiting);
    private long _dropped;

    /// <summary>Complaints that found no room.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Takes a complaint. Safe for many sessions at once.</summary>
    public void Take(Complaint complaint)
    {
        if (!_waiting.Writer.TryWrite((clock.GetUtcNow() + Delay, complaint)))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Hands reports over as they fall due, until cancelled.</summary>
    public async Task RunAsync(Func<byte[], CancellationToken, Task> handOver, CancellationToken cancellationToken)
    {
        await foreach (var (due, complaint) in _waiting.Reader.ReadAllAsync(cancellationToken))
        {
            var wait = due - clock.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, cancellationToken);
            }

            await handOver(ArfReport.Write(complaint, reporter, clock.GetUtcNow()), cancellationToken);
        }
    }
}

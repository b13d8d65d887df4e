using System.Threading.Channels;

namespace Grid.Bench.Engine;

/// <summary>The plain way to the same promise, one caller at a time and no lock: a mailbox on a channel and a loop that empties it.</summary>
internal sealed class ChannelCounter
{
    private readonly Channel<(long Amount, TaskCompletionSource<long> Answer)> mailbox =
        Channel.CreateUnbounded<(long, TaskCompletionSource<long>)>(new UnboundedChannelOptions { SingleReader = true });

    private long count;

    public ChannelCounter() => Emptying = Task.Run(EmptyAsync);

    /// <summary>Ends after <see cref="Close"/>.</summary>
    public Task Emptying { get; }

    public Task<long> AddAsync(long amount)
    {
        var answer = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        mailbox.Writer.TryWrite((amount, answer));
        return answer.Task;
    }

    public void Close() => mailbox.Writer.Complete();

    private async Task EmptyAsync()
    {
        await foreach (var (amount, answer) in mailbox.Reader.ReadAllAsync())
        {
            answer.SetResult(count += amount);
        }
    }
}

using Grid.Contracts.Sending;
using Grid.Grains.Sending;
using Grid.Host.Queue;

namespace Grid.Host.Console.Observed;

/// <summary>What each sender of this process does, asked of the senders themselves at most every 2 s; of more than 5,000 the first.</summary>
internal sealed class SenderWatch
{
    private const int Most = 5000;

    private readonly Kept<IReadOnlyList<SenderView>> _views;

    public SenderWatch(Dispatcher dispatcher, IGrainFactory grains, TimeProvider clock) =>
        _views = new(async () => await Task.WhenAll(dispatcher.Senders.Take(Most).Select(key => grains.GetGrain<ISenderGrain>(key).View().AsTask())), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(150), clock);

    public ValueTask<IReadOnlyList<SenderView>> ViewsAsync() => _views.GetAsync();
}

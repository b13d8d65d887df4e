namespace Grid.Grains.Sending;

/// <summary>The word to all senders of this process to begin nothing new.</summary>
public sealed class SenderStop : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public CancellationToken Token => _source.Token;

    public void Stop() => _source.Cancel();

    public void Dispose() => _source.Dispose();
}

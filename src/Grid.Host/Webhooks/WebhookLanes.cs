namespace Grid.Host.Webhooks;

/// <summary>
/// Bounds the deliveries under way, and with them the memory that batches take. Receivers that answered well and soon the last time have
/// places of their own, which those that fail or dawdle cannot take.
/// </summary>
internal sealed class WebhookLanes : IDisposable
{
    /// <summary>Deliveries at once to receivers that answered well and soon.</summary>
    public const int Proven = 64;

    /// <summary>Deliveries at once to all others.</summary>
    public const int Unproven = 32;

    /// <summary>What is soon.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _proven = new(Proven);
    private readonly SemaphoreSlim _unproven = new(Unproven);

    /// <summary>Waits for a place; dispose of it to leave.</summary>
    public async ValueTask<IDisposable> EnterAsync(bool proven, CancellationToken cancellationToken)
    {
        var lane = proven ? _proven : _unproven;
        await lane.WaitAsync(cancellationToken);
        return new Place(lane);
    }

    public void Dispose()
    {
        _proven.Dispose();
        _unproven.Dispose();
    }

    private sealed class Place(SemaphoreSlim lane) : IDisposable
    {
        public void Dispose() => lane.Release();
    }
}

namespace Grid.Host.Demo;

/// <summary>Deliveries a second, over the last few snapshots.</summary>
internal sealed class Meter
{
    private const int Snapshots = 8;

    private readonly Queue<(TimeSpan At, long Delivered)> _seen = new();

    /// <summary>Takes a snapshot's total and gives the rate since the oldest that is kept; never negative, as counters begin anew after a return.</summary>
    public double Rate(TimeSpan at, long delivered)
    {
        _seen.Enqueue((at, delivered));
        if (_seen.Count > Snapshots)
        {
            _seen.Dequeue();
        }

        var (since, before) = _seen.Peek();
        return at > since ? Math.Max(0, (delivered - before) / (at - since).TotalSeconds) : 0;
    }
}

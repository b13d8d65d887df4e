namespace Grid.Host.Webhooks;

/// <summary>Where a tenant's outcomes have got to. Shared by all who watch the tenant.</summary>
public sealed class OutcomeWatch : IDisposable
{
    private readonly OutcomeBell _bell;
    private TaskCompletionSource? _waiter;
    private long _latest;

    internal OutcomeWatch(string tenant, OutcomeBell bell) => (Tenant, _bell) = (tenant, bell);

    public string Tenant { get; }

    /// <summary>There may be records of the tenant up to here, and none after it.</summary>
    public long Latest => Volatile.Read(ref _latest);

    internal int Users { get; set; }

    /// <summary>True once there may be records after a position; false when that takes longer than <paramref name="atMost"/>.</summary>
    public async Task<bool> NewsAsync(long after, TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        var waiter = Volatile.Read(ref _waiter);
        if (waiter is null)
        {
            var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiter = Interlocked.CompareExchange(ref _waiter, made, null) ?? made;
        }

        if (Latest > after)
        {
            return true;
        }

        try
        {
            await waiter.Task.WaitAsync(atMost, clock, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return Latest > after;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _bell.Release(this);

    internal void Ring(long position)
    {
        if (position > Volatile.Read(ref _latest))
        {
            Volatile.Write(ref _latest, position);
        }

        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _waiter) is not null)
        {
            Interlocked.Exchange(ref _waiter, null)?.TrySetResult();
        }
    }
}

namespace Grid.Host.Webhooks;

/// <summary>Where a tenant's outcomes have got to. Shared by all who watch the tenant.</summary>
public sealed class OutcomeWatch : IDisposable
{
    private readonly OutcomeBell _bell;
    private TaskCompletionSource? _waiter;
    private volatile Stretch? _empty;
    private long _latest;

    internal OutcomeWatch(string tenant, OutcomeBell bell) => (Tenant, _bell) = (tenant, bell);

    public string Tenant { get; }

    /// <summary>There may be records of the tenant up to here, and none after it.</summary>
    public long Latest => Volatile.Read(ref _latest);

    internal int Users { get; set; }

    /// <summary>The same position, or one further on with no record of the tenant between: so that nobody reads through all others' records
    /// to find the one that has just come.</summary>
    public long Skip(long position) => _empty is { } empty && position >= empty.From && position < empty.To ? empty.To : position;

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

    /// <summary>There may be records up to a position.</summary>
    /// <param name="before">Where nothing had been missed up to when this came; 0 where that isn't known.</param>
    internal void Ring(long position, long before = 0)
    {
        var latest = Volatile.Read(ref _latest);
        if (before > latest)
        {
            _empty = new(latest, before);
        }

        if (position > latest)
        {
            Volatile.Write(ref _latest, position);
        }

        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _waiter) is not null)
        {
            Interlocked.Exchange(ref _waiter, null)?.TrySetResult();
        }
    }

    private sealed record Stretch(long From, long To);
}

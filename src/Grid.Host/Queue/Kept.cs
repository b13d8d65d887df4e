namespace Grid.Host.Queue;

/// <summary>
/// A figure that costs the store something, kept for a while and renewed by one caller at a time. Guarantees that a page waits for it no
/// longer than its patience once there is any value, that the store is asked at most once an age, however many look, and that asking takes at
/// most a tenth of the time.
/// </summary>
/// <param name="load">Asks anew; what it throws goes to whoever waits, and the old value stays.</param>
/// <param name="maxAge">How old a value may be before it is renewed; ten times what asking took, where that is longer.</param>
/// <param name="patience">How long a page waits for a new value while it could show the old one.</param>
internal sealed class Kept<T>(Func<Task<T>> load, TimeSpan maxAge, TimeSpan patience, TimeProvider clock)
    where T : class
{
    private const int AgeOfCost = 10;

    private readonly Lock _gate = new();
    private Task<T>? _loading;
    private T? _value;

    /// <summary>When the value was asked for.</summary>
    public DateTimeOffset LoadedAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>How long that took.</summary>
    public TimeSpan Cost { get; private set; }

    /// <summary>The value; the first is waited for.</summary>
    public async ValueTask<T> GetAsync()
    {
        var (fresh, old, loading) = Look();
        if (fresh is not null)
        {
            return fresh;
        }

        if (old is null)
        {
            return await loading!;
        }

        try
        {
            return await loading!.WaitAsync(patience, clock);
        }
        catch (TimeoutException)
        {
            return old;
        }
    }

    /// <summary>The value; null where there is none yet and the first is longer in coming than the patience.</summary>
    public async ValueTask<T?> GlanceAsync()
    {
        var (fresh, old, loading) = Look();
        if (fresh is not null)
        {
            return fresh;
        }

        try
        {
            return await loading!.WaitAsync(patience, clock);
        }
        catch (TimeoutException)
        {
            return old;
        }
    }

    private (T? Fresh, T? Old, Task<T>? Loading) Look()
    {
        lock (_gate)
        {
            var age = Cost * AgeOfCost;
            return _value is { } fresh && clock.GetUtcNow() - LoadedAt < (age > maxAge ? age : maxAge) ? (fresh, fresh, null) : (null, _value, _loading ??= LoadAsync());
        }
    }

    private async Task<T> LoadAsync()
    {
        await Task.Yield();
        try
        {
            var begun = clock.GetUtcNow();
            var value = await load();
            lock (_gate)
            {
                (_value, LoadedAt, Cost) = (value, begun, clock.GetUtcNow() - begun);
            }

            return value;
        }
        finally
        {
            lock (_gate)
            {
                _loading = null;
            }
        }
    }
}

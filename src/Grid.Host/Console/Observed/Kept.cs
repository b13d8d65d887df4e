namespace Grid.Host.Console.Observed;

/// <summary>
/// A figure that costs the store something, kept for a while and renewed by one caller at a time. Guarantees that a page waits for it no
/// longer than its patience once there is any value, and that the store is asked at most once an age, however many look.
/// </summary>
/// <param name="load">Asks anew; what it throws goes to whoever waits, and the old value stays.</param>
/// <param name="maxAge">How old a value may be before it is renewed.</param>
/// <param name="patience">How long a page waits for a new value while it could show the old one.</param>
internal sealed class Kept<T>(Func<Task<T>> load, TimeSpan maxAge, TimeSpan patience, TimeProvider clock)
    where T : class
{
    private readonly Lock _gate = new();
    private Task<T>? _loading;
    private T? _value;

    /// <summary>When the value was asked for.</summary>
    public DateTimeOffset LoadedAt { get; private set; } = DateTimeOffset.MinValue;

    public async ValueTask<T> GetAsync()
    {
        Task<T> loading;
        lock (_gate)
        {
            if (_value is { } fresh && clock.GetUtcNow() - LoadedAt < maxAge)
            {
                return fresh;
            }

            loading = _loading ??= LoadAsync();
        }

        if (_value is not { } old)
        {
            return await loading;
        }

        try
        {
            return await loading.WaitAsync(patience, clock);
        }
        catch (TimeoutException)
        {
            return old;
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
                (_value, LoadedAt) = (value, begun);
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

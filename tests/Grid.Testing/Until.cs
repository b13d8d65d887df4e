namespace Grid.Testing;

/// <summary>Waits for others to get somewhere, in the machine's time, whatever the clock of the test says; never for ever.</summary>
public static class Until
{
    private const int TurnsToBreath = 100;

    /// <summary>Where each turn moves a clock on: others must get to do in between what they would have done by then.</summary>
    private const int MovesToBreath = 10;

    /// <summary>Only a test that fails waits so long: a busy machine may take its time to write a file.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Between looks that cost something.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Returns when it is so, yielding to others in between.</summary>
    /// <exception cref="TimeoutException">It didn't come to be within a minute.</exception>
    public static async Task Async(Func<bool> so, string what, Action? meanwhile = null)
    {
        var since = TimeProvider.System.GetTimestamp();
        for (var turn = 1; !so(); turn++)
        {
            Expect(since, what);
            meanwhile?.Invoke();
            if (turn % (meanwhile is null ? TurnsToBreath : MovesToBreath) == 0)
            {
                // What it waits for may want the processor.
                await Task.Delay(1);
            }
            else
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>Returns when it is so, looking again a little later each time that it isn't.</summary>
    /// <inheritdoc cref="Async(Func{bool}, string, Action?)" path="/exception" />
    public static async Task Async(Func<Task<bool>> so, string what)
    {
        for (var since = TimeProvider.System.GetTimestamp(); !await so();)
        {
            Expect(since, what);
            await Task.Delay(Pause);
        }
    }

    /// <summary>The first value seen that is right.</summary>
    /// <exception cref="TimeoutException">None was within a minute; it shows the last one.</exception>
    public static async Task<T> BecomesAsync<T>(Func<Task<T>> look, Func<T, bool> isRight, string what)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ;)
        {
            var seen = await look();
            if (isRight(seen))
            {
                return seen;
            }

            Expect(since, $"{what}; last seen: {seen}");
            await Task.Delay(Pause);
        }
    }

    private static void Expect(long since, string what)
    {
        if (TimeProvider.System.GetElapsedTime(since) > Patience)
        {
            throw new TimeoutException($"It never came about that {what}");
        }
    }
}

namespace Grid.Grains.Tests.Beds;

/// <summary>Waits for other tasks to get somewhere: it yields to them, whatever the clock of the test says.</summary>
internal static class Until
{
    private const int TurnsToBreath = 100;

    /// <summary>Where each turn moves a clock on: others must get to do in between what they would have done by then.</summary>
    private const int MovesToBreath = 10;

    /// <summary>Only a test that fails waits so long: a busy machine may take its time to write a file.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Returns when it is so; fails where it does not come to be.</summary>
    public static async Task Async(Func<bool> so, string what, Action? meanwhile = null)
    {
        var since = TimeProvider.System.GetTimestamp();
        for (var turn = 1; !so(); turn++)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, $"it never came about that {what}");
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
}

namespace Grid.Grains.Tests.Beds;

/// <summary>Waits for other tasks to get somewhere, without a clock: it yields to them.</summary>
internal static class Until
{
    private const int MostYields = 100_000;

    /// <summary>Returns when it is so; fails where it does not come to be.</summary>
    public static async Task Async(Func<bool> so, string what, Action? meanwhile = null)
    {
        for (var i = 0; !so(); i++)
        {
            Assert.True(i < MostYields, $"it never came about that {what}");
            meanwhile?.Invoke();
            Thread.Yield();
            await Task.Yield();
        }
    }
}

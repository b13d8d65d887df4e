using System.Diagnostics;

namespace Grid.System.Tests.Beds;

/// <summary>Looks again and again until a thing is so, as other processes make it so in their own time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The first value that is right; fails with the last one seen.</summary>
    public static async Task<T> BecomesAsync<T>(Func<Task<T>> look, Func<T, bool> isRight, int seconds, string what)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (isRight(seen))
            {
                return seen;
            }

            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(seconds), $"{what}: not within {seconds} s; last seen: {seen}");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    /// <inheritdoc cref="BecomesAsync{T}(Func{Task{T}}, Func{T, bool}, int, string)" />
    public static Task<T> BecomesAsync<T>(Func<T> look, Func<T, bool> isRight, int seconds, string what) =>
        BecomesAsync(() => Task.FromResult(look()), isRight, seconds, what);
}

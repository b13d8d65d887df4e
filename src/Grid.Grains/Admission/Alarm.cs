namespace Grid.Grains.Admission;

/// <summary>Calls once, later.</summary>
internal static class Alarm
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Calls <paramref name="action"/> after <paramref name="wait"/>, at least 1 ms, on a timer's thread.</summary>
    public static void Ring(TimeProvider clock, TimeSpan wait, Action action)
    {
        var ring = new Once(action);
        ring.Timer = clock.CreateTimer(static state => ((Once)state!).Fire(), ring, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        ring.Timer.Change(wait < Shortest ? Shortest : wait, Timeout.InfiniteTimeSpan);
    }

    private sealed class Once(Action action)
    {
        public ITimer? Timer { get; set; }

        public void Fire()
        {
            Timer?.Dispose();
            action();
        }
    }
}

namespace Grid.Storage.Queue;

/// <summary>How long a claim on an idempotency key holds.</summary>
internal static class Idempotency
{
    /// <summary>24 hours.</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromHours(24);

    /// <summary>True when a claim stored at an instant (milliseconds) still holds at another.</summary>
    public static bool Holds(long storedAt, DateTimeOffset now) => now.ToUnixTimeMilliseconds() - storedAt < (long)HeldFor.TotalMilliseconds;
}

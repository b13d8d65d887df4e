namespace Grid.Core.Queue;

/// <summary>When a deferred recipient is tried again: growing delays, up to a cap, until the message is too old.</summary>
/// <param name="First">Delay after the first attempt, above zero.</param>
/// <param name="Factor">By how much each delay grows, 1 or more.</param>
/// <param name="Cap">Longest delay.</param>
/// <param name="Jitter">Share of the delay by which it is scattered to both sides, 0 to 1, so that what failed together doesn't return together.</param>
/// <param name="MaxAge">Age from acceptance at which a deferral is the last.</param>
public sealed record RetrySchedule(TimeSpan First, double Factor, TimeSpan Cap, double Jitter, TimeSpan MaxAge)
{
    /// <summary>20 minutes, doubling to 4 hours, ± 20 %, for 5 days: 34 attempts.</summary>
    public static RetrySchedule Default { get; } = new(TimeSpan.FromMinutes(20), 2, TimeSpan.FromHours(4), 0.2, TimeSpan.FromDays(5));

    /// <summary>
    /// When to try next; null when the message has expired. The last attempt is at the expiry itself, so that no message is given up
    /// hours early for the length of its last delay.
    /// </summary>
    /// <param name="attempts">Attempts made, the one just deferred included; at least 1.</param>
    /// <param name="acceptedAt">When the message was accepted.</param>
    /// <param name="now">Instant of the deferral.</param>
    /// <param name="jitter01">Where in the jitter's range, from 0 to 1; 0.5 is none.</param>
    public DateTimeOffset? Next(int attempts, DateTimeOffset acceptedAt, DateTimeOffset now, double jitter01)
    {
        var expires = acceptedAt + MaxAge;
        if (now >= expires)
        {
            return null;
        }

        var seconds = Math.Min(Cap.TotalSeconds, First.TotalSeconds * Math.Pow(Factor, Math.Max(0, attempts - 1)));
        var next = now.AddSeconds(seconds * (1 + (Jitter * ((2 * Math.Clamp(jitter01, 0, 1)) - 1))));
        return next < expires ? next : expires;
    }
}

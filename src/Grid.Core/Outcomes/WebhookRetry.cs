using Grid.Core.Vocabulary;

namespace Grid.Core.Outcomes;

/// <summary>When a webhook is tried again, and when it is given a rest.</summary>
public static class WebhookRetry
{
    /// <summary>A webhook that has failed for so long without a success is paused.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    /// <summary>The longest wait that a receiver may ask for.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    /// <summary>Longest error that is kept, in characters.</summary>
    public const int MaxError = 300;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(6),
    ];

    /// <summary>The wait after so many failed attempts, from 1: 5 s, 30 s, 2 min, 10 min, 30 min, 1 h, 2 h, 4 h, and 6 h from then on.</summary>
    public static TimeSpan WaitAfter(int attempts) => Waits[Math.Clamp(attempts, 1, Waits.Length) - 1];

    /// <summary>The receiver took everything up to <paramref name="through"/>.</summary>
    public static WebhookProgress Taken(WebhookProgress progress, long through, DateTimeOffset now) =>
        new(progress.Tenant, progress.Name, through) { LastSuccessAt = now, LastFailureAt = progress.LastFailureAt, LastError = progress.LastError };

    /// <summary>The receiver did not take the batch up to <paramref name="through"/>.</summary>
    /// <param name="asked">How long the receiver asked to be left alone; at most an hour of it is granted.</param>
    /// <returns>The progress, and whether the webhook is to be paused.</returns>
    public static (WebhookProgress Progress, bool Pause) Failed(WebhookProgress progress, long through, string error, TimeSpan? asked, DateTimeOffset now)
    {
        var attempts = progress.Attempts + 1;
        var since = progress.FailingSince ?? now;
        var wait = WaitAfter(attempts);
        if (asked > wait)
        {
            wait = asked < LongestAsked ? asked.Value : LongestAsked;
        }

        return (
            progress with
            {
                Through = through,
                Attempts = attempts,
                FailingSince = since,
                NextAt = now + wait,
                LastFailureAt = now,
                LastError = error.Length <= MaxError ? error : error[..MaxError],
            },
            now - since >= GiveUpAfter);
    }

    /// <summary>Tried again from now on, as if nothing had failed.</summary>
    public static WebhookProgress Resumed(WebhookProgress progress) => progress with { Attempts = 0, FailingSince = null, NextAt = null };

    /// <summary>Everything after a position is sent again.</summary>
    public static WebhookProgress Replayed(WebhookProgress progress, long position) =>
        Resumed(progress) with { Position = Math.Min(position, progress.Position), Through = 0 };
}

namespace Grid.Core.Feedback;

/// <summary>When reports about TLS are made and tried (RFC 8460 4.1, 5): a day's between half an hour and four and a half hours after its end, each domain at a time of its own, so that they don't all come at once.</summary>
public static class TlsReportSchedule
{
    /// <summary>A delivery that failed is tried again until so long after the report was made.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    private static readonly TimeSpan First = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Spread = TimeSpan.FromHours(4);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(4);

    /// <summary>When a domain's report about a day is made; equal for equal input, in every process.</summary>
    public static DateTimeOffset MadeAt(DateOnly day, string domain)
    {
        // FNV-1a: all that is asked of it is to spread.
        var hash = 2166136261u;
        foreach (var c in domain)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return EndOf(day) + First + TimeSpan.FromSeconds(hash % (uint)Spread.TotalSeconds);
    }

    /// <summary>The instant after a day's last.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => new(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>Wait after so many failures, 1 or more.</summary>
    public static TimeSpan WaitAfter(int attempts)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(attempts - 1, 10));
        return wait < LongestWait ? wait : LongestWait;
    }
}

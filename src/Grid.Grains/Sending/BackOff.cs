namespace Grid.Grains.Sending;

/// <summary>How long a sender keeps away from a site after connections that failed without carrying anything: twice as long after each in a row.</summary>
internal sealed class BackOff(SendingOptions options)
{
    /// <summary>Failures in a row.</summary>
    public int Failures { get; private set; }

    /// <summary>Nothing is opened before then; null after a success.</summary>
    public DateTimeOffset? Until { get; private set; }

    /// <summary>What the last failure was.</summary>
    public string? Reason { get; private set; }

    /// <summary>True while the sender keeps away.</summary>
    public bool Holds(DateTimeOffset now) => Until > now;

    /// <summary>A connection carried something, or ended as it should.</summary>
    public void Succeeded() => (Failures, Until) = (0, null);

    /// <summary>A connection failed; the wait when that is a new failure, null when others that fail together were first.</summary>
    public TimeSpan? Failed(string reason, bool carried, DateTimeOffset now)
    {
        Reason = reason;
        if (carried || Holds(now))
        {
            return null;
        }

        var wait = options.FirstBackOff * Math.Pow(2, Math.Min(Failures++, 20));
        wait = wait < options.LongestBackOff ? wait : options.LongestBackOff;
        Until = now + wait;
        return wait;
    }
}

using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>How a grain's timer runs.</summary>
public readonly struct GrainTimerCreationOptions()
{
    /// <summary>The times; nothing interleaves, nothing is kept alive.</summary>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
        : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Until the first tick: 0 to about 49 days, or infinite for none.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>From the end of a callback to the next tick: more than 0 to about 49 days, or infinite for a single tick.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether callbacks interleave with calls; default false.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether ticks keep the grain from being idle; default false.</summary>
    public bool KeepAlive { get; init; }
}

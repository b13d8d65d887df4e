namespace Grid.Core.Enforcement.Policies;

/// <summary>
/// When a clause acts: a closed set over named signals of <see cref="Signals"/>, combined by all and any to a depth of
/// <see cref="PolicyBounds.MaxDepth"/>. Nothing in it can loop or call.
/// </summary>
public abstract record PolicyCondition
{
    private PolicyCondition()
    {
    }

    /// <summary>A share of what happened in a window is strictly above a threshold, once both floors are reached.</summary>
    /// <param name="Signal">A counter, such as "complaints".</param>
    /// <param name="Over">Length of one of the policy's windows.</param>
    /// <param name="Above">Acts strictly above.</param>
    /// <param name="MinVolume">Floor of what the share is taken of.</param>
    /// <param name="MinEvents">Floor of the events themselves.</param>
    public sealed record Rate(string Signal, TimeSpan Over, Ratio Above, long MinVolume, long MinEvents) : PolicyCondition;

    /// <summary>A number of events in a stretch of time is strictly above a limit.</summary>
    /// <param name="Signal">A counter, a remembered signal (finding, listing, verdict), "warnings" or "suspensions".</param>
    /// <param name="Over">For a counter a window of the policy; for what is remembered at most <see cref="PolicyBounds.MaxMemory"/>.</param>
    public sealed record Count(string Signal, TimeSpan Over, long Above) : PolicyCondition;

    /// <summary>A finding, listing or verdict was reported.</summary>
    public sealed record Event(string Signal) : PolicyCondition;

    /// <summary>What is declared of a message, its list or its tenant.</summary>
    public sealed record Fact(string Signal, FactTest Test) : PolicyCondition;

    /// <summary>Each of them holds; at least one.</summary>
    public sealed record All(IReadOnlyList<PolicyCondition> Of) : PolicyCondition;

    /// <summary>At least one of them holds.</summary>
    public sealed record Any(IReadOnlyList<PolicyCondition> Of) : PolicyCondition;
}

namespace Grid.Core.Enforcement;

/// <summary>A finding, listing or verdict that was reported about a subject.</summary>
/// <param name="Id">Of the report: the same id counts once.</param>
/// <param name="Signal">Name in <see cref="Policies.Signals"/>.</param>
/// <param name="At">When it was reported.</param>
public sealed record StandingEvent(string Id, string Signal, DateTimeOffset At);

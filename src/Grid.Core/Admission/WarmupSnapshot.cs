namespace Grid.Core.Admission;

/// <summary>State of an <see cref="IpWarmup"/>, to be saved.</summary>
/// <param name="StartedOn">The day (UTC) on which the plan begins.</param>
/// <param name="Step">Days of the plan that are done: the index of the day that holds; the plan's length when the IP is warm.</param>
/// <param name="Day">The day that the figures below are of.</param>
/// <param name="ActiveOn">The last day with mail, as far as idleness is counted from it.</param>
/// <param name="Used">Recipients permitted on that day.</param>
/// <param name="Sites">Of them, by site.</param>
/// <param name="Blocks">Refusals for the IP's reputation on that day.</param>
/// <param name="Paused">There were too many: nothing more on that day.</param>
public sealed record WarmupSnapshot(
    DateOnly StartedOn, int Step, DateOnly Day, DateOnly ActiveOn, int Used, IReadOnlyDictionary<string, int> Sites, int Blocks, bool Paused)
{
    /// <summary>Days that are over, the oldest first; at most 30. Null: as saved by a version that kept none.</summary>
    public IReadOnlyList<WarmupPast>? Past { get; init; }
}

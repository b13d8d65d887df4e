namespace Grid.Core.Admission;

/// <summary>Where a warm-up stands today.</summary>
/// <param name="Step">The plan's day that holds, from 1; beyond its last when the IP is warm, 0 before it begins.</param>
/// <param name="Allowance">Today's; null when the IP is warm.</param>
/// <param name="Used">Recipients permitted today.</param>
/// <param name="Sites">Of them, by site, the most first; at most 100 are named.</param>
/// <param name="Blocks">Refusals today for the IP's reputation.</param>
/// <param name="Paused">There were too many: nothing more today.</param>
public sealed record WarmupToday(int Step, WarmupDay? Allowance, int Used, IReadOnlyList<KeyValuePair<string, int>> Sites, int Blocks, bool Paused)
{
    /// <summary>Days that are over, the oldest first; at most 30.</summary>
    public IReadOnlyList<WarmupPast> Past { get; init; } = [];
}

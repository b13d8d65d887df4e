namespace Grid.Core.Admission;

/// <summary>A day of a warm-up that is over.</summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="Allowance">What was allowed.</param>
/// <param name="Used">Recipients permitted.</param>
/// <param name="Sites">Of them, by site; the 10 with most.</param>
/// <param name="Blocks">Refusals for the IP's reputation.</param>
/// <param name="Paused">There were too many of those.</param>
public sealed record WarmupPast(DateOnly Day, WarmupDay Allowance, int Used, IReadOnlyDictionary<string, int> Sites, int Blocks, bool Paused);

namespace Grid.Host.Api.Model;

/// <summary>A day of a warm-up that is over.</summary>
/// <param name="Used">Recipients permitted.</param>
/// <param name="Sites">Of them, by site; the 10 with most.</param>
/// <param name="Blocks">Refusals for the IP's reputation.</param>
public sealed record WarmupPastBody(DateOnly Day, WarmupDayBody Allowance, int Used, IReadOnlyDictionary<string, int> Sites, int Blocks, bool Paused);

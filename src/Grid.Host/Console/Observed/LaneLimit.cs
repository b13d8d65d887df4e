namespace Grid.Host.Console.Observed;

/// <summary>One limit that applies to a lane.</summary>
/// <param name="Kind">connections, messages a connection, rate, recipients a transaction, state, quota.</param>
/// <param name="Value">As its setter wrote it.</param>
/// <param name="Tightness">For comparison within a kind: the lower holds; infinite for what doesn't bind.</param>
/// <param name="Source">Who sets it.</param>
/// <param name="Why">Why it applies here.</param>
/// <param name="Link">Where it is changed; null where it can't be.</param>
internal sealed record LaneLimit(string Kind, string Value, double Tightness, string Source, string Why, string? Link);

namespace Grid.Grains;

/// <summary>How the process ends.</summary>
/// <param name="Drain">Longest wait for open transactions and outcomes, twice at most: once for each.</param>
public sealed record GridRuntimeOptions(TimeSpan Drain);

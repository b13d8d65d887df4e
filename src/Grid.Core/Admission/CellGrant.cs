namespace Grid.Core.Admission;

/// <summary>Answer of a limit to a request for permits.</summary>
/// <param name="Count">Permits granted, 0 to what was asked for.</param>
/// <param name="RetryAfter">Where none was granted: when at least one would be, if nobody else takes it; otherwise zero.</param>
public readonly record struct CellGrant(int Count, TimeSpan RetryAfter);

namespace Grid.Core.Enforcement;

/// <summary>One measure held against a threshold.</summary>
/// <param name="Measure">What is measured.</param>
/// <param name="Signal">For <see cref="ClauseMeasure.EventCount"/> the reported signal; else empty.</param>
/// <param name="Window">For counters the window's name; else empty.</param>
/// <param name="Over">For what a subject remembers: how far back; else zero.</param>
/// <param name="Threshold">Breached strictly above it; of a count, the numerator is the limit.</param>
/// <param name="MinVolume">Floor of the measure's volume.</param>
/// <param name="MinEvents">Floor of the events themselves.</param>
public sealed record EnforcementTerm(ClauseMeasure Measure, string Signal, string Window, TimeSpan Over, Ratio Threshold, long MinVolume, long MinEvents);

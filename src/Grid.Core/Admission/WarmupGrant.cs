namespace Grid.Core.Admission;

/// <summary>Answer of a warm-up to a request for permits.</summary>
/// <param name="Count">Permits granted, 0 to what was asked for.</param>
/// <param name="UseWithin">They are void this long after the answer; <see cref="TimeSpan.MaxValue"/>: the warm-up sets no bound.</param>
/// <param name="RetryAfter">With none granted: when there may be some; otherwise zero.</param>
/// <param name="ReturnWithin">Unused ones may be given back this long after the answer; <see cref="TimeSpan.MaxValue"/>: always.</param>
public readonly record struct WarmupGrant(int Count, TimeSpan UseWithin, TimeSpan RetryAfter, TimeSpan ReturnWithin);

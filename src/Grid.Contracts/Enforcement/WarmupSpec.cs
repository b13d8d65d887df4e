namespace Grid.Contracts.Enforcement;

/// <summary>A sending IP's warm-up as the operator wants it.</summary>
/// <param name="StartedOn">The day (UTC) on which it begins; in the past: it has gone on by a day each day since.</param>
/// <param name="Plan">Name of a plan.</param>
[GenerateSerializer, Immutable, Alias("grid.warmup-spec")]
public sealed record WarmupSpec([property: Id(0)] DateOnly StartedOn, [property: Id(1)] string Plan);

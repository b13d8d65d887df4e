using Grid.Core.Admission;

namespace Grid.Contracts.Enforcement;

/// <summary>A sending IP's warm-up as it stands.</summary>
/// <param name="Days">Days of the plan.</param>
/// <param name="Today">Null where the plan isn't there any more: nothing is sent.</param>
[GenerateSerializer, Immutable, Alias("grid.warmup-view")]
public sealed record WarmupView([property: Id(0)] WarmupSpec Spec, [property: Id(1)] int Days, [property: Id(2)] WarmupToday? Today);

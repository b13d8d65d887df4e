namespace Grid.Contracts.Enforcement;

/// <summary>A sending IP's rest.</summary>
/// <param name="Words">Which site, and what it said.</param>
[GenerateSerializer, Immutable, Alias("grid.ip-rest")]
public sealed record IpRest([property: Id(0)] DateTimeOffset Until, [property: Id(1)] string Words);

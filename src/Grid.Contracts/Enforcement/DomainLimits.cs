namespace Grid.Contracts.Enforcement;

/// <summary>Limits toward a recipient domain; null = none of its own.</summary>
/// <param name="MaxConnections">Transactions open at once, at least 1.</param>
/// <param name="MaxMessagesPerConnection">Messages over one connection, at least 1.</param>
/// <param name="MaxRate">As "120/min".</param>
[GenerateSerializer, Immutable, Alias("grid.domain-limits")]
public sealed record DomainLimits(
    [property: Id(0)] int? MaxConnections = null,
    [property: Id(1)] int? MaxMessagesPerConnection = null,
    [property: Id(2)] string? MaxRate = null);

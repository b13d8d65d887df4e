namespace Grid.Contracts.Enforcement;

/// <summary>A tenant's own limits; null = none.</summary>
/// <param name="MaxRate">Delivery rate, as "600/min".</param>
/// <param name="MessagesPerHour">Recipients accepted in any hour, at least 1.</param>
/// <param name="MessagesPerDay">Recipients accepted in any 24 hours, at least 1.</param>
[GenerateSerializer, Immutable, Alias("grid.tenant-limits")]
public sealed record TenantLimits(
    [property: Id(0)] string? MaxRate = null,
    [property: Id(1)] int? MessagesPerHour = null,
    [property: Id(2)] int? MessagesPerDay = null);

namespace Grid.Host.Api.Model;

/// <summary>A tenant's own limits.</summary>
/// <param name="MaxRate">Delivery rate, as "600/min".</param>
/// <param name="MessagesPerHour">Recipients accepted in any hour, at least 1.</param>
/// <param name="MessagesPerDay">Recipients accepted in any 24 hours, at least 1.</param>
public sealed record TenantLimitsBody(string? MaxRate, int? MessagesPerHour, int? MessagesPerDay);

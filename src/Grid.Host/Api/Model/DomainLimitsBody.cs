namespace Grid.Host.Api.Model;

/// <summary>Limits toward a recipient domain; absent ones are not set.</summary>
/// <param name="MaxConnections">Transactions open at once, at least 1.</param>
/// <param name="MaxMessagesPerConnection">At least 1.</param>
/// <param name="MaxRate">As "100/min" or "100/min;burst=20".</param>
public sealed record DomainLimitsBody(int? MaxConnections, int? MaxMessagesPerConnection, string? MaxRate);

namespace Grid.Host.Api.Model;

/// <summary>A sum of costs.</summary>
/// <param name="Currency">Three letters (ISO 4217).</param>
public sealed record CostTotalBody(string Currency, decimal Amount);

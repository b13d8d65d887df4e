namespace Grid.Host.Api.Model;

/// <summary>A cost.</summary>
/// <param name="Case">The case that it belongs to.</param>
/// <param name="Currency">Three letters (ISO 4217).</param>
public sealed record CostBody(DateTimeOffset At, string Case, string What, decimal Amount, string Currency);

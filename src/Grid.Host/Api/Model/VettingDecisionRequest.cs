namespace Grid.Host.Api.Model;

/// <summary>How an operator ends a vetting.</summary>
/// <param name="Verdict">verified or rejected.</param>
/// <param name="Reason">At most 1,000 characters.</param>
public sealed record VettingDecisionRequest(string? Verdict, string? Reason);

namespace Grid.Host.Api.Model;

/// <summary>Why an operator does it, at most 1,000 characters.</summary>
public sealed record ReasonRequest(string? Reason);

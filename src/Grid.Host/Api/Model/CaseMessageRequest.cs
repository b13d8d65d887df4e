namespace Grid.Host.Api.Model;

/// <summary>A tenant's answer in a case, at most 4,000 characters.</summary>
public sealed record CaseMessageRequest(string? Words);

namespace Grid.Host.Api.Model;

/// <summary>What an operator found out about one chapter of the checklist.</summary>
/// <param name="Evidence">What it rests on, at most 4,000 characters.</param>
/// <param name="Verdict">pass, fail or open.</param>
public sealed record ChecklistRequest(string? Evidence, string? Verdict);

namespace Grid.Host.Api.Model;

/// <summary>Decisions, newest first.</summary>
/// <param name="Before">Give this as <c>before</c> for the page of older ones; absent on the last page.</param>
public sealed record DecisionsBody(IReadOnlyList<DecisionBody> Decisions, string? Before);

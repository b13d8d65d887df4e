namespace Grid.Core.Enforcement;

/// <summary>A clause that only records did so, so that it isn't recorded again with every event of the same window.</summary>
public sealed record NotedClause(string Id, DateTimeOffset At);

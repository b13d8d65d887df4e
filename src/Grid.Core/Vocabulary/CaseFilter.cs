namespace Grid.Core.Vocabulary;

/// <summary>Which cases are asked for; null: whichever.</summary>
/// <param name="IsOpen">Without a verdict, or with one.</param>
/// <param name="IsOverdue">Open, and nobody looked at it in time; or not so.</param>
/// <param name="Now">In time for whom.</param>
public sealed record CaseFilter(Subject? Subject, bool? IsOpen, bool? IsOverdue, DateTimeOffset Now);

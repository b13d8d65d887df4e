namespace Grid.Core.Enforcement.Policies;

/// <summary>One mistake in a policy.</summary>
/// <param name="Path">Where: "clauses/MU-64/when/over"; empty for the whole.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record PolicyFault(string Path, string Message);

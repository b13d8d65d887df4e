namespace Grid.Core.Ports;

/// <summary>One mistake in a policy's text.</summary>
/// <param name="Path">Where in the policy, such as clauses[3].when; empty for the whole.</param>
/// <param name="Line">From 1; 0 where no line is to blame.</param>
/// <param name="Column">From 1; 0 with line 0.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record PolicyMistake(string Path, int Line, int Column, string Message);

namespace Grid.Host.Policies;

/// <summary>A mistake in a policy's text.</summary>
/// <param name="Line">From 1; 0 where it is about no place.</param>
/// <param name="Column">From 1; 0 likewise.</param>
/// <param name="Path">Which part: "clauses/MU-64/when/over".</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record PolicyMistake(int Line, int Column, string Path, string Message)
{
    /// <summary>"line 12, column 5: clauses/x/when: …".</summary>
    public override string ToString() => $"{(Line > 0 ? $"line {Line}, column {Column}: " : "")}{(Path.Length > 0 ? Path + ": " : "")}{Message}";
}

using System.Text.RegularExpressions;

namespace Grid.Architecture.Tests;

/// <summary>Nobody asks the wall clock or blocks a thread.</summary>
public sealed partial class WaitTests
{
    // Where a match is neither: the file, and the words of the line that show it.
    private static readonly (string File, string Words)[] Allowed =
    [
        ("Orleans.Embedded/Embedded/Turns/TurnScheduler.cs", "turn.GetAwaiter().GetResult()"),
    ];

    private static IEnumerable<(string File, int Number, string Text)> Lines =>
        from file in SourceTree.Layers.Append("Orleans.Embedded").SelectMany(layer => SourceTree.Files(layer))
        from line in SourceTree.Code(file)
        select (file, line.Number, line.Text);

    [Fact]
    public void Source_asks_a_time_provider_never_the_clock() => SourceTree.None(Matches(Clock()));

    [Fact]
    public void Source_blocks_no_thread() => SourceTree.None(Matches(Blocking()));

    [Fact]
    public void Allowed_lines_are_still_there() =>
        SourceTree.None(Allowed.Where(a => !Lines.Any(l => l.File == a.File && l.Text.Contains(a.Words, StringComparison.Ordinal))).Select(a => $"{a.File} no longer says {a.Words}"));

    private static IEnumerable<string> Matches(Regex regex) =>
        from line in Lines
        where regex.IsMatch(line.Text) && !Allowed.Any(a => a.File == line.File && line.Text.Contains(a.Words, StringComparison.Ordinal))
        select $"{line.File}:{line.Number}: {line.Text.Trim()}";

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b")]
    private static partial Regex Clock();

    // Result is also a property of other things, and of tasks that are known to be done: only where it is asked of a call is it a wait.
    [GeneratedRegex(@"Thread\.Sleep|Task\.Wait(All|Any)\(|\.GetAwaiter\(\)\.GetResult\(\)|Async\([^()]*\)\.Result\b|Task\.Result\b|Async\([^()]*\)\.Wait\(|[tT]ask\.Wait\(")]
    private static partial Regex Blocking();
}

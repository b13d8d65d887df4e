using System.CommandLine;
using System.Text.RegularExpressions;

namespace Grid.Cli.Tests.Parity;

/// <summary>What documents tell people to type is what the command takes.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Top = Find(AppContext.BaseDirectory);

    [Theory]
    [InlineData("README.md", 5)]
    [InlineData("deploy/README.md", 1)]
    [InlineData("deploy/Guides.md", 15)]
    [InlineData("deploy/Telemetry.md", 3)]
    [InlineData("deploy/prometheus-rules.yml", 3)]
    public void Commands_in_documents_exist_with_their_options(string file, int atLeast)
    {
        var root = GridCommand.Build(new(TextWriter.Null, TextWriter.Null, TextReader.Null, _ => null, false, 200, TimeProvider.System));
        var lines = Line().Matches(File.ReadAllText(Path.Combine(Top, file))).Select(match => match.Groups[1].Value.Trim()).Where(line => !line.StartsWith('$')).Distinct().ToList();

        Assert.True(lines.Count >= atLeast, $"{file} has only {lines.Count} commands");
        Assert.Empty(lines.Select(line => Fault(root, line)).OfType<string>());
    }

    private static string? Fault(RootCommand root, string line)
    {
        Command at = root;
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words)
        {
            if (at.Subcommands.Count > 0 && !word.StartsWith('-'))
            {
                if (at.Subcommands.FirstOrDefault(command => word.Split('|').Contains(command.Name)) is not { } next)
                {
                    return word is "…" or "..." ? null : $"grid {line}: '{word}' is no command";
                }

                at = next;
            }
            else if (word.StartsWith("--", StringComparison.Ordinal) && word != "--help" && !at.Options.Concat(root.Options).Any(option => option.Name == word.Split('=')[0]))
            {
                return $"grid {line}: '{word}' is no option";
            }
        }

        return at.Subcommands.Count > 0 && words is not ["--help"] and not [_] ? $"grid {line} lacks a verb" : null;
    }

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Grid.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("no Grid.sln above the tests"));

    /// <summary>In backticks, or in an indented block, or as an alert's words have it; up to what ends it there.</summary>
    [GeneratedRegex("""(?:`|^ {4,}(?:GRID_KEY=\S+ )?|action: "|; )grid ((?!\$)[a-z-][^`#;"\r\n\\]*)""", RegexOptions.Multiline)]
    private static partial Regex Line();
}

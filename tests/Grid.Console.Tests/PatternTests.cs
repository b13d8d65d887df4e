using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Grid.Console.Tests.Beds;
using Grid.Host.Console.Calls;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Console.Tests;

/// <summary>The console calls the API by its patterns: none may be wrong.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed partial class PatternTests(ConsoleGrid grid)
{
    // Asked for before they are called, and done without where they aren't served.
    private static readonly string[] Optional = [];

    [Fact]
    public void Every_pattern_that_the_pages_name_is_served()
    {
        var folder = Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../src/Grid.Host/Console");
        var patterns = Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".cs" or ".razor")
            .SelectMany(file => File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))).SelectMany(line => Pattern().Matches(line).Select(match => match.Groups[1].Value)).Distinct().Except(Optional).ToList();
        var calls = grid.Services.GetRequiredService<ApiCalls>();

        Assert.True(patterns.Count > 10, $"only {patterns.Count} patterns");
        Assert.All(patterns.Where(pattern => pattern is not ("/v1/queue/" or "/v1")), pattern => Assert.True(
            ((string[])["GET", "PUT", "POST", "DELETE"]).Any(method => calls.Has(method, pattern) || calls.Has(method, pattern + "/state")), $"{pattern} is not served"));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex("\"(/v1[^\" ?]*)\"")]
    private static partial Regex Pattern();
}

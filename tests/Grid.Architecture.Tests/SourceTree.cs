using System.Runtime.CompilerServices;

namespace Grid.Architecture.Tests;

/// <summary>The source tree, as the rules look at it.</summary>
internal static class SourceTree
{
    /// <summary>The life of a message, in order: folder names in every project that has stages.</summary>
    public static readonly string[] Stages = ["Ingress", "Queue", "Admission", "Sending", "Outcomes", "Counters", "Enforcement", "Feedback"];

    /// <summary>The project's own layers, in the order of the map's columns.</summary>
    public static readonly string[] Layers = ["Grid.Core", "Grid.Contracts", "Grid.Grains", "Grid.Mail", "Grid.Storage", "Grid.Host"];

    /// <summary>Folder of the solution.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    /// <summary>Folder of the sources.</summary>
    public static string Source => Path.Combine(Root, "src");

    /// <summary>Files under a folder of src with an extension, as paths from src with forward slashes; built ones left out.</summary>
    public static IReadOnlyList<string> Files(string folder, string extension = ".cs") =>
        !Directory.Exists(Path.Combine(Source, folder)) ? [] :
        [.. Directory.EnumerateFiles(Path.Combine(Source, folder), "*" + extension, SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Source, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal)];

    /// <summary>A file's lines that aren't comments.</summary>
    public static IEnumerable<(int Number, string Text)> Code(string file) =>
        File.ReadLines(Path.Combine(Source, file)).Select((text, i) => (i + 1, text)).Where(line => !line.text.TrimStart().StartsWith("//", StringComparison.Ordinal));

    /// <summary>Fails with one line for each violation.</summary>
    public static void None(IEnumerable<string> violations)
    {
        var all = violations.ToList();
        Assert.True(all.Count == 0, Environment.NewLine + string.Join(Environment.NewLine, all));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}

using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Grid.Architecture.Tests;

/// <summary>Which layer may know which, and what the deciding layer may not touch.</summary>
public sealed partial class LayerTests
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Grid.Core"] = [],
        ["Grid.Contracts"] = ["Grid.Core"],
        ["Grid.Grains"] = ["Grid.Contracts", "Grid.Core"],
        ["Grid.Mail"] = ["Grid.Core"],
        ["Grid.Storage"] = ["Grid.Core"],
        ["Grid.Host"] = ["Grid.Contracts", "Grid.Core", "Grid.Grains", "Grid.Mail", "Grid.Storage"],
        ["Grid.Client"] = [],
        ["Grid.Cli"] = ["Grid.Client"],
        ["Orleans.Embedded"] = [],
    };

    private static IEnumerable<string> Projects => SourceTree.Files(".", ".csproj");

    private static IEnumerable<string> Includes(string project, string item) =>
        XDocument.Load(Path.Combine(SourceTree.Source, project)).Descendants(item).Select(e => (string)e.Attribute("Include")!);

    [Fact]
    public void Projects_reference_only_what_their_layer_may()
    {
        Assert.NotEmpty(Projects);
        SourceTree.None(
            from project in Projects
            let name = Path.GetFileNameWithoutExtension(project)
            from reference in Includes(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/')))
            where !MayReference.TryGetValue(name, out var allowed) || !allowed.Contains(reference)
            select $"{name} may not reference {reference}");
    }

    [Fact]
    public void Core_and_contracts_have_no_package() =>
        SourceTree.None(
            from project in Projects
            where Path.GetFileNameWithoutExtension(project) is "Grid.Core" or "Grid.Contracts"
            from item in new[] { "PackageReference", "FrameworkReference" }
            from reference in Includes(project, item)
            select $"{project} references {reference}");

    [Fact]
    public void Core_assembly_references_only_the_base_library() =>
        SourceTree.None(
            from reference in typeof(Core.Vocabulary.Subject).Assembly.GetReferencedAssemblies()
            where !reference.Name!.StartsWith("System.", StringComparison.Ordinal)
            select $"Grid.Core references {reference.Name}");

    [Fact]
    public void Core_is_synchronous_and_has_no_clock_chance_or_input() =>
        SourceTree.None(
            from file in SourceTree.Files("Grid.Core")
            where !file.StartsWith("Grid.Core/Ports/", StringComparison.Ordinal)
            from line in SourceTree.Code(file)
            where Forbidden().IsMatch(line.Text)
            select $"{file}:{line.Number}: {line.Text.Trim()}");

    [GeneratedRegex(@"\b(async|await|Task|ValueTask|TimeProvider|Stopwatch|Random|RandomNumberGenerator|Environment|File|Directory|Socket|Thread|Timer|HttpClient)\b|Guid\.NewGuid")]
    private static partial Regex Forbidden();
}

using System.Text.RegularExpressions;

namespace Grid.Architecture.Tests;

/// <summary>Where things stand and how they are called.</summary>
public sealed partial class LayoutTests
{
    private const int LongestFile = 300;
    private const int LongestGrain = 150;

    // Folders besides the eight stages, by project.
    private static readonly Dictionary<string, string[]> OtherFolders = new()
    {
        ["Grid.Core"] = ["Vocabulary", "Ports"],
        ["Grid.Contracts"] = [],
        ["Grid.Grains"] = [],
        ["Grid.Mail"] = ["Dkim", "Dns", "Mime"],
        ["Grid.Storage"] = ["Schema", "Sqlite", "Postgres", "Sql", "State", "Writing"],
        ["Grid.Host"] = ["Api", "Console", "Demo", "Options", "Policies", "Public", "Telemetry", "Webhooks", "Wiring"],
    };

    // Files over the bound, with the most lines that each may have: to be split, not to grow.
    private static readonly Dictionary<string, int> LongFiles = new()
    {
        ["Grid.Grains/Queue/ActiveWindow.cs"] = 347,
        ["Grid.Mail/Ingress/SmtpConversation.cs"] = 313,
        ["Grid.Mail/Mime/MessageReader.cs"] = 310,
        ["Grid.Storage/Writing/GroupWriter.cs"] = 345,
        ["Grid.Storage/Postgres/PostgresWriteSession.cs"] = 345,
        ["Grid.Grains/Enforcement/AccountGrain.cs"] = 220,
    };

    private static IEnumerable<string> LayerFiles => SourceTree.Layers.SelectMany(layer => SourceTree.Files(layer));

    [Fact]
    public void Folders_are_the_eight_stages_and_a_listed_few() =>
        SourceTree.None(
            from file in LayerFiles
            let parts = file.Split('/')
            where parts.Length > 2 && !SourceTree.Stages.Contains(parts[1]) && !OtherFolders[parts[0]].Contains(parts[1])
            group file by $"{parts[0]}/{parts[1]}" into folder
            select $"{folder.Key} is no stage");

    [Fact]
    public void Namespaces_are_folders() =>
        SourceTree.None(
            from file in LayerFiles
            let expected = Path.GetDirectoryName(file)!.Replace('/', '.')
            let declared = SourceTree.Code(file).Select(l => NamespaceLine().Match(l.Text)).FirstOrDefault(m => m.Success)?.Groups[1].Value
            where declared is not null && declared != expected
            select $"{file} declares {declared}, not {expected}");

    [Fact]
    public void Files_hold_one_public_type_of_their_name() =>
        SourceTree.None(
            from file in LayerFiles
            let types = SourceTree.Code(file).Select(l => PublicType().Match(l.Text)).Where(m => m.Success).Select(m => m.Groups[1].Value).Distinct().ToList()
            where types.Count > 1 || (types.Count == 1 && types[0] != Path.GetFileName(file).Split('.')[0] && !Path.GetFileName(file).StartsWith(types[0] + "Of", StringComparison.Ordinal))
            select $"{file} holds {string.Join(", ", types)}");

    [Fact]
    public void Files_stay_short() =>
        SourceTree.None(
            from file in LayerFiles
            let lines = File.ReadLines(Path.Combine(SourceTree.Source, file)).Count()
            let isGrain = GrainFile().IsMatch(file) && file.StartsWith("Grid.Grains/", StringComparison.Ordinal)
            let bound = LongFiles.TryGetValue(file, out var own) ? own : isGrain ? LongestGrain : LongestFile
            where lines > bound || (LongFiles.ContainsKey(file) && lines <= (isGrain ? LongestGrain : LongestFile))
            select lines > bound ? $"{file} has {lines} lines, not at most {bound}" : $"{file} is short now: take it from the list");

    [Fact]
    public void Names_say_what_a_thing_is() =>
        SourceTree.None(
            from file in LayerFiles.Concat(SourceTree.Files("Orleans.Embedded"))
            where VagueName().IsMatch(Path.GetFileNameWithoutExtension(file))
            select $"{file} says nothing");

    [GeneratedRegex(@"^namespace ([\w.]+);")]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^public (?:(?:sealed|abstract|static|readonly|partial|unsafe|ref) )*(?:record struct|record class|record|class|struct|interface|enum|delegate \S+) (\w+)")]
    private static partial Regex PublicType();

    [GeneratedRegex(@"/(?!I[A-Z])\w+Grain\.cs$")]
    private static partial Regex GrainFile();

    [GeneratedRegex("(Manager|Helpers?|Util|Utils|Utilities|Service)$")]
    private static partial Regex VagueName();
}

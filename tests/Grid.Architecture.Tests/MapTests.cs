using System.Text;

namespace Grid.Architecture.Tests;

/// <summary>src/README.md has a table of stages and layers that names every file. A failure prints the table that would be right.</summary>
public sealed class MapTests
{
    private static readonly string Map = Path.Combine(SourceTree.Source, "README.md");

    [Fact]
    public void Map_names_every_file_of_every_stage()
    {
        Assert.SkipUnless(File.Exists(Map), "src/README.md is yet to be written; its table would be:" + Environment.NewLine + RightTable());
        var table = Read(File.ReadAllLines(Map));
        var faults = new List<string>();
        foreach (var stage in SourceTree.Stages)
        {
            foreach (var layer in SourceTree.Layers)
            {
                var named = table.GetValueOrDefault((stage, layer), []);
                var there = Names(layer, stage);
                faults.AddRange(named.Except(there).Select(n => $"{layer}/{stage}: the map names {n}, which is not there"));
                faults.AddRange(there.Except(named).Select(n => $"{layer}/{stage}: the map doesn't name {n}"));
            }
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Append("").Append("The table that would be right:").Append(RightTable())));
    }

    [Fact]
    public void Read_of_the_right_table_finds_every_file()
    {
        var table = Read(RightTable().Split('\n', StringSplitOptions.TrimEntries));

        Assert.All(SourceTree.Stages, stage => Assert.All(SourceTree.Layers, layer => Assert.Equal(Names(layer, stage), table[(stage, layer)])));
        Assert.Contains("CellRateLimiter", table[("Admission", "Grid.Core")]);
    }

    // A file is named without .cs; the parts of a partial type are named once.
    private static List<string> Names(string layer, string stage) =>
        [.. SourceTree.Files($"{layer}/{stage}").Select(f => Path.GetFileName(f).Split('.')[0]).Distinct().Order(StringComparer.Ordinal)];

    private static string RightTable()
    {
        var text = new StringBuilder();
        text.Append("| stage | ").AppendJoin(" | ", SourceTree.Layers).Append(" |\n");
        text.Append('|').Insert(text.Length, " --- |", SourceTree.Layers.Length + 1).Append('\n');
        foreach (var stage in SourceTree.Stages)
        {
            text.Append("| ").Append(stage).Append(" | ").AppendJoin(" | ", SourceTree.Layers.Select(layer => string.Join(", ", Names(layer, stage)))).Append(" |\n");
        }

        return text.ToString();
    }

    // Rows whose first cell is a stage, under the header that names the layers (with or without "Grid."); bold and code marks don't count.
    private static Dictionary<(string Stage, string Layer), List<string>> Read(IEnumerable<string> lines)
    {
        var table = new Dictionary<(string, string), List<string>>();
        var columns = Array.Empty<string>();
        foreach (var line in lines.Where(l => l.StartsWith('|')))
        {
            var cells = line.Trim().Trim('|').Split('|').Select(c => c.Replace("`", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal).Trim()).ToArray();
            if (cells.Any(c => SourceTree.Layers.Contains(LayerOf(c))))
            {
                columns = [.. cells.Select(LayerOf)];
            }
            else if (SourceTree.Stages.Contains(cells[0]) && cells.Length == columns.Length)
            {
                for (var i = 1; i < cells.Length; i++)
                {
                    table[(cells[0], columns[i])] = [.. cells[i].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
                }
            }
        }

        return table;
    }

    private static string LayerOf(string cell) => cell.StartsWith("Grid.", StringComparison.Ordinal) ? cell : "Grid." + cell;
}

using Grid.Core.Admission;
using Grid.Host.Admission;

namespace Grid.Host.Options;

/// <summary>Shaping profiles at start: <c>Grid:Shaping:*</c>.</summary>
/// <param name="File">File whose profiles go over those that the grid comes with; null: none.</param>
/// <param name="Profiles">The grid's own, with the file's in place of those of the same name.</param>
public sealed record ShapingOptions(string? File, IReadOnlyList<ShapingProfile> Profiles)
{
    private const string Key = "Grid:Shaping:File";

    internal static ShapingOptions Read(OptionsReader reader)
    {
        var own = BuiltInShaping.Profiles;
        if (reader.Text(Key) is not { } file)
        {
            return new(null, own);
        }

        string text;
        try
        {
            text = System.IO.File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reader.Refuse(Key, "a file that can be read", file);
            return new(file, own);
        }

        var read = ShapingYaml.Read(text);
        foreach (var fault in read.Faults)
        {
            reader.Refuse(Key, $"a file of right profiles; {fault}", file);
        }

        return new(file, [.. own.Where(o => read.Profiles.All(p => p.Name != o.Name)), .. read.Profiles]);
    }
}

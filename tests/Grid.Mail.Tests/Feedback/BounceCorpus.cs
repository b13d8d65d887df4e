using System.Text;
using System.Text.RegularExpressions;
using Grid.Mail.Feedback;

namespace Grid.Mail.Tests.Feedback;

/// <summary>The corpus of real bounces beside the repository, where it is there.</summary>
internal static class BounceCorpus
{
    private static readonly Regex MailboxLine = new(@"\n\r?\nFrom \S+ .*\d\d:\d\d:\d\d \d{4}\n");

    public static string? Folder { get; } = Find();

    /// <summary>Mails by file name, in ordinal order; a file may be an mbox of several.</summary>
    public static IEnumerable<(string File, byte[] Bytes)> Mails(string folder) =>
        Directory.GetFiles(Path.Combine(Folder!, folder)).Order(StringComparer.Ordinal).Select(static f => (Path.GetFileName(f), File.ReadAllBytes(f)));

    /// <summary>What every mail of a file is read as, in order.</summary>
    public static List<FeedbackReport> Read(byte[] bytes) =>
        Split(bytes).Select(static m => FeedbackReader.Read(m)).ToList();

    /// <summary>Expected outcomes by file.</summary>
    public static ILookup<string, (string Status, string Code, string Type, bool Hard, string Reason)> Expected() =>
        File.ReadLines(Path.Combine(Folder!, "expected.tsv")).Skip(1).Select(static l => l.Split('\t')).DistinctBy(static p => (p[0], p[1]))
            .ToLookup(static p => p[0], static p => (p[2], p[3], p[6], p[5] == "true", p[4]));

    private static IEnumerable<byte[]> Split(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var start = 0;
        foreach (Match match in MailboxLine.Matches(text))
        {
            yield return bytes[start..(match.Index + 1)];
            start = match.Index + match.Value.IndexOf('F');
        }

        yield return bytes[start..];
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Grid.sln")))
            {
                // A second working copy may stand one level deeper.
                var candidates = new[] { Path.Combine(folder.FullName, "..", "shared"), Path.Combine(folder.FullName, "..", "..", "shared") };
                return candidates.Select(static c => Path.Combine(c, "corpora", "bounces")).FirstOrDefault(Directory.Exists);
            }
        }

        return null;
    }
}

using System.Globalization;

namespace Grid.Bench.Children;

/// <summary>
/// A server's processes as the kernel shows them: the one that the bench started and all that descend from it.
/// Processor time counts the dead ones too, as their parents have reaped them into their own figures.
/// </summary>
internal static class ProcessTree
{
    private const double TicksPerSecond = 100;

    /// <summary>User and system time that the tree has used so far, to 10 ms a process.</summary>
    public static TimeSpan ProcessorTime(int root)
    {
        var ticks = 0L;
        foreach (var entry in Entries(root))
        {
            ticks += entry.Ticks;
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    /// <summary>Proportional set size of the tree in bytes: shared pages are split among those that share them.</summary>
    public static long ProportionalSetSize(int root) => Entries(root).Sum(entry => Kibibytes(entry.Process, "smaps_rollup", "Pss:") * 1024);

    /// <summary>Resident set of one process in bytes; 0 when it is gone.</summary>
    public static long ResidentSetSize(int process) => Kibibytes(process, "status", "VmRSS:") * 1024;

    /// <summary>Ids of the tree, the root first.</summary>
    public static IReadOnlyList<int> Processes(int root) => [.. Entries(root).Select(entry => entry.Process)];

    /// <summary>False once a process has ended, even when nobody has asked for its exit status yet.</summary>
    public static bool IsAlive(int process) => Text($"/proc/{process}/stat") is { } line && line[line.LastIndexOf(')') + 2] is not ('Z' or 'X');

    private static List<Entry> Entries(int root)
    {
        var all = new Dictionary<int, Entry>();
        var children = new Dictionary<int, List<int>>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var process) && Read(process) is { } entry)
            {
                all[process] = entry;
                if (!children.TryGetValue(entry.Parent, out var siblings))
                {
                    children[entry.Parent] = siblings = [];
                }

                siblings.Add(process);
            }
        }

        var tree = new List<Entry>();
        if (!all.TryGetValue(root, out var first))
        {
            return tree;
        }

        tree.Add(first);
        for (var i = 0; i < tree.Count; i++)
        {
            if (children.TryGetValue(tree[i].Process, out var below))
            {
                tree.AddRange(below.Select(child => all[child]));
            }
        }

        return tree;
    }

    // proc(5): the name in parentheses may hold blanks; after it come state, parent, ..., and as fields 14 to 17 of the line
    // user, system, and the reaped children's user and system time.
    private static Entry? Read(int process)
    {
        if (Text($"/proc/{process}/stat") is not { } line)
        {
            return null;
        }

        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return new Entry(process, Number(fields[1]), Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14]));

        static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }

    private static long Kibibytes(int process, string file, string field)
    {
        foreach (var line in (Text($"/proc/{process}/{file}") ?? "").Split('\n'))
        {
            if (line.StartsWith(field, StringComparison.Ordinal))
            {
                return long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
            }
        }

        return 0;
    }

    // A process may end between being listed and being read: then it has no figures.
    private static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private readonly record struct Entry(int Process, int Parent, long Ticks);
}

using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>
/// The lines by which two texts differ: a longest common subsequence of what is left between their common beginning and end. Beyond
/// <see cref="MaxCells"/> pairs of lines the middle is shown as replaced.
/// </summary>
internal static class LineDiff
{
    private const int MaxCells = 4_000_000;

    public static IReadOnlyList<LineChangeBody> Of(string before, string after)
    {
        var (a, b) = (Lines(before), Lines(after));
        var start = 0;
        while (start < a.Length && start < b.Length && a[start] == b[start])
        {
            start++;
        }

        var (endA, endB) = (a.Length, b.Length);
        while (endA > start && endB > start && a[endA - 1] == b[endB - 1])
        {
            (endA, endB) = (endA - 1, endB - 1);
        }

        return Middle(a, b, start, endA, endB);
    }

    private static List<LineChangeBody> Middle(string[] a, string[] b, int start, int endA, int endB)
    {
        var (n, m) = (endA - start, endB - start);
        var changes = new List<LineChangeBody>();
        var common = (long)n * m <= MaxCells ? Common(a, b, start, n, m) : null;
        for (int i = 0, j = 0; i < n || j < m;)
        {
            if (i < n && j < m && common is not null && a[start + i] == b[start + j])
            {
                (i, j) = (i + 1, j + 1);
            }
            else if (i < n && (j == m || common is null || common[i + 1, j] >= common[i, j + 1]))
            {
                changes.Add(new("-", start + i + 1, a[start + i]));
                i++;
            }
            else
            {
                changes.Add(new("+", start + j + 1, b[start + j]));
                j++;
            }
        }

        return changes;
    }

    /// <summary>At [i, j]: how many lines the rests from i and from j have in common.</summary>
    private static int[,] Common(string[] a, string[] b, int start, int n, int m)
    {
        var common = new int[n + 1, m + 1];
        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = m - 1; j >= 0; j--)
            {
                common[i, j] = a[start + i] == b[start + j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}

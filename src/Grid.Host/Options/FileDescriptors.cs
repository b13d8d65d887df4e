using System.Globalization;

namespace Grid.Host.Options;

/// <summary>How many files and sockets the system lets this process have open: a process that has none left cannot go on.</summary>
internal static class FileDescriptors
{
    /// <summary>The limit (RLIMIT_NOFILE), which the runtime has raised as far as it may; where it isn't told, what any system allows.</summary>
    public static int Limit { get; } = Read();

    private static int Read()
    {
        const string Limits = "/proc/self/limits", Line = "Max open files";
        if (!File.Exists(Limits))
        {
            return int.MaxValue;
        }

        var words = File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal))?[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [var soft, ..] && int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : int.MaxValue;
    }
}

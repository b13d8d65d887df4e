using System.Globalization;
using System.Runtime.InteropServices;
using Grid.Bench.Children;

namespace Grid.Bench;

/// <summary>Says under what conditions the figures were taken, as they mean nothing without.</summary>
internal static class Conditions
{
    public static void Print(Workplace place)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTimeOffset.UtcNow:u}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, load {Load()}"));
        if (place.IsInMemory)
        {
            Console.WriteLine($"beware: {place.Root} is in memory; nothing here is durable, use --folder");
        }
    }

    private static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "?";
}

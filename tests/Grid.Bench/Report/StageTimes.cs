using System.Globalization;
using System.Text.RegularExpressions;

namespace Grid.Bench.Report;

/// <summary>Sums and counts of every time that the metrics measure (<c>grid_*_seconds</c>), first of all <c>grid_stage_seconds</c>.</summary>
internal sealed partial class StageTimes
{
    private readonly SortedDictionary<string, (double Seconds, double Count)> stages = new(StringComparer.Ordinal);

    /// <summary>Reads Prometheus' text form; other metrics are passed over.</summary>
    public static StageTimes Parse(string metrics)
    {
        var times = new StageTimes();
        foreach (Match line in Line().Matches(metrics))
        {
            var name = $"{line.Groups["name"].Value} {line.Groups["labels"].Value}".Replace("\"", "", StringComparison.Ordinal);
            var value = double.Parse(line.Groups["value"].Value, CultureInfo.InvariantCulture);
            var (seconds, count) = times.stages.GetValueOrDefault(name);
            times.stages[name] = line.Groups["kind"].Value == "sum" ? (value, count) : (seconds, value);
        }

        return times;
    }

    /// <summary>What came since an earlier look.</summary>
    public StageTimes Since(StageTimes earlier)
    {
        var since = new StageTimes();
        foreach (var (name, (seconds, count)) in stages)
        {
            var (secondsThen, countThen) = earlier.stages.GetValueOrDefault(name);
            since.stages[name] = (seconds - secondsThen, count - countThen);
        }

        return since;
    }

    public void Print(string title)
    {
        if (stages.Count == 0)
        {
            return;
        }

        var table = new Table("time", "measured", "seconds", "mean us");
        foreach (var (name, (seconds, count)) in stages)
        {
            table.Add(
                name,
                count.ToString("N0", CultureInfo.InvariantCulture),
                seconds.ToString("0.00", CultureInfo.InvariantCulture),
                count > 0 ? (seconds / count * 1e6).ToString("0.0", CultureInfo.InvariantCulture) : "-");
        }

        table.Print(title);
    }

    [GeneratedRegex(@"^grid_(?<name>\w+)_seconds_(?<kind>sum|count)(\{(?<labels>[^}]*)\})?\s+(?<value>\S+)", RegexOptions.Multiline)]
    private static partial Regex Line();
}

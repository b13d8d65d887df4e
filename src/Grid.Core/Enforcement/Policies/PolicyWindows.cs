using Grid.Core.Counters;

namespace Grid.Core.Enforcement.Policies;

/// <summary>Windows by their lengths: names as clauses are shown with, and slots that keep them cheap.</summary>
internal static class PolicyWindows
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public static IReadOnlyList<WindowSpec> Of(IReadOnlyList<TimeSpan> lengths, PolicyFaults faults)
    {
        if (lengths.Count is 0 or > PolicyBounds.MaxWindows || lengths.Distinct().Count() < lengths.Count || lengths.Any(l => l < Shortest || l > Longest))
        {
            faults.Add("windows", $"must be 1 to {PolicyBounds.MaxWindows} different lengths of {PolicyUnits.Text(Shortest)} to {PolicyUnits.Text(Longest)}");
            return WindowSpec.Default;
        }

        return [.. lengths.Select(l => new WindowSpec(Name(l), l, Slot(l)))];
    }

    /// <summary>"7d", but "24h" for a day, as it is spoken of.</summary>
    public static string Name(TimeSpan length) =>
        (length == TimeSpan.FromDays(1) ? "24 h" : PolicyUnits.Text(length)).Replace(" ", "", StringComparison.Ordinal);

    private static TimeSpan Slot(TimeSpan length) => length switch
    {
        _ when length > TimeSpan.FromDays(7) => TimeSpan.FromHours(6),
        _ when length > TimeSpan.FromDays(1) => TimeSpan.FromHours(1),
        _ when length > TimeSpan.FromHours(1) => TimeSpan.FromMinutes(15),
        _ => TimeSpan.FromMinutes(1),
    };
}

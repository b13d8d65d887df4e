namespace Grid.Host.Console.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">As the legend has it.</param>
/// <param name="Style">Class of the style sheet: s1, s2, s3, or a state's.</param>
/// <param name="Values">One for each step, oldest first; not a number where there is none.</param>
public sealed record ChartLine(string Name, string Style, IReadOnlyList<double> Values);

namespace Grid.Host.Console.Charts;

/// <summary>A threshold across a chart.</summary>
/// <param name="Name">What happens above it.</param>
/// <param name="Style">Class of the style sheet: warned or suspended.</param>
public sealed record ChartLimit(string Name, string Style, double Value);

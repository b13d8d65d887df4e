using System.Globalization;

namespace Grid.Bench.Report;

/// <summary>Median, least and most of a figure over the rounds.</summary>
internal readonly record struct Spread(double Median, double Least, double Most)
{
    public static Spread Of(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        return sorted.Length == 0
            ? new Spread(double.NaN, double.NaN, double.NaN)
            : new Spread((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>The median, and the ends in parentheses where they differ.</summary>
    public string Text(string format) => double.IsNaN(Median)
        ? "-"
        : Least == Most
            ? Median.ToString(format, CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Median.ToString(format, CultureInfo.InvariantCulture)} ({Least.ToString(format, CultureInfo.InvariantCulture)}-{Most.ToString(format, CultureInfo.InvariantCulture)})");
}

using System.Globalization;

namespace Grid.Host.Console.Charts;

/// <summary>Where values stand in a drawing, and which of them its axis names.</summary>
internal readonly record struct ChartScale(double Top, double Step)
{
    private const int Lines = 4;

    /// <summary>From 0 to a round number at or above the highest value, in about four steps of 1, 2, 2.5 or 5 times a power of ten.</summary>
    public static ChartScale For(double highest)
    {
        if (!double.IsFinite(highest) || highest <= 0)
        {
            return new(1, 1);
        }

        var rough = highest / Lines;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 };
        return new(step * Math.Ceiling(Math.Round(highest / step, 6)), step);
    }

    /// <summary>The axis' marks, from 0.</summary>
    public IEnumerable<double> Marks()
    {
        for (var i = 0; i * Step <= Top * 1.0001; i++)
        {
            yield return i * Step;
        }
    }

    /// <summary>A coordinate as SVG has it.</summary>
    public static string At(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A path through points; it is interrupted where there is no value.</summary>
    public static string Path(IReadOnlyList<double> values, Func<int, double> x, Func<double, double> y)
    {
        var path = new System.Text.StringBuilder();
        var pen = false;
        for (var i = 0; i < values.Count; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                pen = false;
                continue;
            }

            path.Append(pen ? 'L' : 'M').Append(At(x(i))).Append(' ').Append(At(y(values[i])));
            pen = true;
        }

        return path.ToString();
    }
}

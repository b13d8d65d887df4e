using System.Globalization;
using Grid.Core.Counters;
using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement;

/// <summary>A clause held against counters: how far it is, and whether it is breached.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Totals">What was counted.</param>
/// <param name="Span">The stretch that was counted, as the clause's window has it.</param>
public readonly record struct ClauseReading(EnforcementClause Clause, CounterTotals Totals, TimeSpan Span)
{
    /// <summary>What the clause counts.</summary>
    public long Events => Clause.Measure switch
    {
        ClauseMeasure.ComplaintRate or ClauseMeasure.ComplaintRateReporting or ClauseMeasure.ComplaintCount => Totals.Complaints,
        ClauseMeasure.HardBounceRate => Totals.HardBounces,
        ClauseMeasure.BlockRate => Totals.Blocks,
        _ => throw new InvalidOperationException($"no measure {Clause.Measure}"),
    };

    /// <summary>What it counts them of.</summary>
    public long Volume => Clause.Measure switch
    {
        ClauseMeasure.ComplaintRate or ClauseMeasure.ComplaintCount => Totals.Delivered,
        ClauseMeasure.ComplaintRateReporting => Totals.DeliveredReporting,
        ClauseMeasure.HardBounceRate => Totals.Attempts,
        ClauseMeasure.BlockRate => Totals.Tries,
        _ => throw new InvalidOperationException($"no measure {Clause.Measure}"),
    };

    /// <summary>Too little has happened to judge.</summary>
    public bool IsCollecting => Volume < Clause.MinDelivered || Events < Clause.MinEvents;

    /// <summary>The floors are reached and the threshold is exceeded.</summary>
    public bool IsBreached =>
        !IsCollecting && Clause.Threshold.IsExceededBy(Events, Clause.Measure == ClauseMeasure.ComplaintCount ? Clause.Threshold.Denominator : Volume);

    /// <summary>Events ÷ volume, to six places; 0 without volume.</summary>
    public decimal Rate => Volume <= 0 ? 0 : Math.Round((decimal)Events / Volume, 6);

    /// <summary>The numbers that it was judged on.</summary>
    public IReadOnlyList<Figure> Figures()
    {
        var (events, volume) = Names();
        var figures = new List<Figure> { new("window", (decimal)Span.TotalSeconds, "s"), new("delivered", Totals.Delivered) };
        if (volume != "delivered")
        {
            figures.Add(new(volume, Volume));
        }

        figures.Add(new(events, Events));
        figures.Add(new("rate", Rate));
        figures.Add(new("threshold", Clause.Threshold.Fraction));
        figures.Add(new("min" + char.ToUpperInvariant(volume[0]) + volume[1..], Clause.MinDelivered));
        figures.Add(new("min" + char.ToUpperInvariant(events[0]) + events[1..], Clause.MinEvents));
        return figures;
    }

    /// <summary>The measured in words: "11 complaints of 10000 delivered in 7 d (0.11 %); the limit is 0.1 %".</summary>
    public override string ToString()
    {
        var (events, volume) = Names();
        var limit = Clause.Measure == ClauseMeasure.ComplaintCount ? Clause.Threshold.Fraction.ToString(CultureInfo.InvariantCulture) : Clause.Threshold.ToString();
        return string.Create(CultureInfo.InvariantCulture, $"{Events} {events} of {Volume} {volume} in {Words(Span)} ({100 * Rate:0.####} %); the limit is {limit}");
    }

    private (string Events, string Volume) Names() => Clause.Measure switch
    {
        ClauseMeasure.ComplaintRate or ClauseMeasure.ComplaintCount => ("complaints", "delivered"),
        ClauseMeasure.ComplaintRateReporting => ("complaints", "deliveredReporting"),
        ClauseMeasure.HardBounceRate => ("hardBounces", "attempts"),
        ClauseMeasure.BlockRate => ("blocks", "tries"),
        _ => throw new InvalidOperationException($"no measure {Clause.Measure}"),
    };

    private static string Words(TimeSpan span)
    {
        var (number, unit) = span.TotalDays >= 2 ? (span.TotalDays, "d") : span.TotalHours >= 1 ? (span.TotalHours, "h") : (span.TotalMinutes, "min");
        return string.Create(CultureInfo.InvariantCulture, $"{number:0.#} {unit}");
    }
}

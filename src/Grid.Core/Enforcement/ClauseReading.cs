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
    /// <summary>For what a subject remembers: how often.</summary>
    public long Remembered { get; init; }

    /// <summary>The clause's further measures are breached too; true where it has none.</summary>
    public bool RestHolds { get; init; } = true;

    /// <summary>What the clause counts.</summary>
    public long Events => Clause.Measure switch
    {
        ClauseMeasure.ComplaintRate or ClauseMeasure.ComplaintRateReporting or ClauseMeasure.ComplaintCount => Totals.Complaints,
        ClauseMeasure.HardBounceRate or ClauseMeasure.HardBounceCount => Totals.HardBounces,
        ClauseMeasure.SoftBounceRate => Totals.SoftBounces,
        ClauseMeasure.BlockRate or ClauseMeasure.BlockCount => Totals.Blocks,
        ClauseMeasure.DeferralRate => Totals.Deferred,
        ClauseMeasure.UnsubscribeRate => Totals.Unsubscribes,
        ClauseMeasure.DeliveredCount => Totals.Delivered,
        ClauseMeasure.EventCount or ClauseMeasure.WarningCount or ClauseMeasure.SuspensionCount => Remembered,
        _ => throw new InvalidOperationException($"no measure {Clause.Measure}"),
    };

    /// <summary>What it counts them of.</summary>
    public long Volume => Clause.Measure.Names().Volume switch
    {
        "delivered" => Totals.Delivered,
        "deliveredReporting" => Totals.DeliveredReporting,
        "attempts" => Totals.Attempts,
        _ => Totals.Tries,
    };

    /// <summary>Too little has happened to judge.</summary>
    public bool IsCollecting => Volume < Clause.MinDelivered || Events < Clause.MinEvents;

    /// <summary>The floors are reached and the threshold is exceeded.</summary>
    public bool IsBreached =>
        RestHolds && !IsCollecting && Clause.Threshold.IsExceededBy(Events, Clause.Measure.IsCount() ? Clause.Threshold.Denominator : Volume);

    /// <summary>Events ÷ volume, to six places; 0 without volume.</summary>
    public decimal Rate => Volume <= 0 ? 0 : Math.Round((decimal)Events / Volume, 6);

    /// <summary>The numbers that it was judged on.</summary>
    public IReadOnlyList<Figure> Figures()
    {
        var (events, volume) = Clause.Measure.Names();
        if (Clause.Measure.IsRemembered())
        {
            return [new("window", (decimal)Span.TotalSeconds, "s"), new(events, Events), new("threshold", Clause.Threshold.Fraction)];
        }

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
        var (events, volume) = Clause.Measure.Names();
        var limit = Clause.Measure.IsCount() ? Clause.Threshold.Fraction.ToString(CultureInfo.InvariantCulture) : Clause.Threshold.ToString();
        return Clause.Measure.IsRemembered()
            ? string.Create(CultureInfo.InvariantCulture, $"{Events} {(Clause.Signal.Length > 0 ? $"{events} of {Clause.Signal}" : events)} in {Words(Span)}; the limit is {limit}")
            : string.Create(CultureInfo.InvariantCulture, $"{Events} {events} of {Volume} {volume} in {Words(Span)} ({100 * Rate:0.####} %); the limit is {limit}");
    }

    private static string Words(TimeSpan span)
    {
        var (number, unit) = span.TotalDays >= 2 ? (span.TotalDays, "d") : span.TotalHours >= 1 ? (span.TotalHours, "h") : (span.TotalMinutes, "min");
        return string.Create(CultureInfo.InvariantCulture, $"{number:0.#} {unit}");
    }
}

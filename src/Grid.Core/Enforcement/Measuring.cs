using Grid.Core.Counters;

namespace Grid.Core.Enforcement;

/// <summary>Clauses held against what a subject has counted and remembers.</summary>
internal readonly struct Measuring(EnforcementPolicy policy, StandingState state, RollingCounters counters, DateTimeOffset now)
{
    /// <summary>As the windows have it.</summary>
    public ClauseReading Read(EnforcementClause clause) => Read(clause, null);

    /// <summary>Only what happened since an instant; a window that begins after it is read as it is.</summary>
    public ClauseReading ReadSince(EnforcementClause clause, DateTimeOffset since) => Read(clause, since);

    private ClauseReading Read(EnforcementClause clause, DateTimeOffset? since)
    {
        var reading = ReadOne(clause, clause.Leading, since);
        foreach (var term in clause.Also)
        {
            if (reading.RestHolds && !ReadOne(Of(clause, term), term, since).IsBreached)
            {
                reading = reading with { RestHolds = false };
            }
        }

        return reading;
    }

    private ClauseReading ReadOne(EnforcementClause clause, EnforcementTerm term, DateTimeOffset? since)
    {
        if (term.Measure.IsRemembered())
        {
            var over = since is { } start && now - start < term.Over ? now - start : term.Over;
            return new(clause, default, over) { Remembered = Remembered(term, now - over) };
        }

        var window = policy.Windows.FirstOrDefault(w => w.Name == term.Window)
            ?? throw new ArgumentException($"clause {clause.Id} of policy {policy.Name} names window \"{term.Window}\", which the policy doesn't have", nameof(clause));
        return since is { } from && window.Length >= now - from
            ? new(clause, counters.TotalsSince(from, now), now - from)
            : new(clause, counters.Totals(window.Name, now), window.Length);
    }

    private int Remembered(EnforcementTerm term, DateTimeOffset from) => term.Measure switch
    {
        ClauseMeasure.WarningCount => state.Warnings.Count(at => at >= from),
        ClauseMeasure.SuspensionCount => state.Suspensions.Count(at => at >= from),
        _ => state.Events.Count(e => e.Signal == term.Signal && e.At >= from),
    };

    private static EnforcementClause Of(EnforcementClause clause, EnforcementTerm term) => clause with
    {
        Measure = term.Measure,
        Signal = term.Signal,
        Window = term.Window,
        Over = term.Over,
        Threshold = term.Threshold,
        MinDelivered = term.MinVolume,
        MinEvents = term.MinEvents,
        Also = [],
    };
}

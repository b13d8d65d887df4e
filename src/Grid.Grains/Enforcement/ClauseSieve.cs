using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>
/// Tells quickly that no clause can be breached, for looking back over millions of outcomes. In: counters, now. Out: false only where
/// <see cref="StandingMachine.Judge"/> would change nothing; true leaves the judgement to it.
/// </summary>
internal sealed class ClauseSieve
{
    private readonly string[] _windows;
    private readonly Mesh[] _meshes;
    private readonly CounterTotals[] _totals;

    public ClauseSieve(EnforcementPolicy policy, SubjectKind kind)
    {
        // A clause on remembered reports alone acts only when one comes; of any other, one measure of the log that holds back is enough.
        var terms = policy.Clauses(kind).Select(c => (c.Action, Term: c.Terms.FirstOrDefault(t => !t.Measure.IsRemembered()))).Where(c => c.Term is not null).ToList();
        _windows = [.. terms.Select(c => c.Term!.Window).Distinct()];
        _totals = new CounterTotals[_windows.Length];
        _meshes = [.. terms.Select(c => new Mesh(
            Array.IndexOf(_windows, c.Term!.Window), c.Term.Measure, c.Term.Measure.IsCount(), c.Term.Threshold, c.Term.MinVolume, c.Term.MinEvents,
            c.Action is ClauseAction.Guide or ClauseAction.Warn))];
    }

    /// <param name="isInPeriod">Guidance, a warning or a limit has its time: until that ends, no clause that guides or warns acts.</param>
    public bool MayBreach(RollingCounters counters, bool isInPeriod, DateTimeOffset now)
    {
        for (var i = 0; i < _windows.Length; i++)
        {
            _totals[i] = counters.Totals(_windows[i], now);
        }

        foreach (var mesh in _meshes)
        {
            if (isInPeriod && mesh.IsSoft)
            {
                continue;
            }

            ref readonly var totals = ref _totals[mesh.Window];
            var events = Events(mesh.Measure, totals);
            var volume = Volume(mesh.Measure, totals);
            if (events >= mesh.MinEvents && volume >= mesh.MinVolume && mesh.Threshold.IsExceededBy(events, mesh.IsCount ? mesh.Threshold.Denominator : volume))
            {
                return true;
            }
        }

        return false;
    }

    private static long Events(ClauseMeasure measure, in CounterTotals totals) => measure switch
    {
        ClauseMeasure.ComplaintRate or ClauseMeasure.ComplaintRateReporting or ClauseMeasure.ComplaintCount => totals.Complaints,
        ClauseMeasure.HardBounceRate or ClauseMeasure.HardBounceCount => totals.HardBounces,
        ClauseMeasure.SoftBounceRate => totals.SoftBounces,
        ClauseMeasure.BlockRate or ClauseMeasure.BlockCount => totals.Blocks,
        ClauseMeasure.DeferralRate => totals.Deferred,
        ClauseMeasure.UnsubscribeRate => totals.Unsubscribes,
        ClauseMeasure.DeliveredCount => totals.Delivered,
        _ => throw new InvalidOperationException($"{measure} is not counted from the log"),
    };

    private static long Volume(ClauseMeasure measure, in CounterTotals totals) => measure switch
    {
        ClauseMeasure.ComplaintRateReporting => totals.DeliveredReporting,
        ClauseMeasure.HardBounceRate or ClauseMeasure.HardBounceCount or ClauseMeasure.SoftBounceRate => totals.Attempts,
        ClauseMeasure.BlockRate or ClauseMeasure.BlockCount or ClauseMeasure.DeferralRate => totals.Tries,
        _ => totals.Delivered,
    };

    private readonly record struct Mesh(int Window, ClauseMeasure Measure, bool IsCount, Ratio Threshold, long MinVolume, long MinEvents, bool IsSoft);
}

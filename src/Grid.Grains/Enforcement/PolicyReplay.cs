using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>
/// What: goes through recorded outcomes as if a draft had been in force. In: outcomes and ledger entries in the order of time. Out: every
/// change of standing that the grid would have made, with its figures. Guarantees that each is what the subject's grain would have decided
/// had each outcome come to it alone: the same machine, the same counters. Outcomes before the stretch are counted and not judged. What
/// operators did then is done here too. Holds at most <see cref="MaxSubjects"/> subjects; those that come later are left out and counted.
/// </summary>
public sealed class PolicyReplay
{
    public const int MaxSubjects = 200_000;

    private readonly EnforcementPolicy _policy;
    private readonly Func<Subject, bool> _isUnder;
    private readonly Func<Subject, StandingState?> _start;
    private readonly DateTimeOffset _from;
    private readonly Action<ReplayedChange> _changed;
    private readonly Dictionary<string, ReplayedSubject?> _tenants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReplayedSubject?> _ips = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReplayedSubject?> _domains = new(StringComparer.Ordinal);
    private readonly Dictionary<SubjectKind, ClauseSieve> _sieves;
    private bool _began;

    /// <param name="isUnder">Whether a subject is under the draft.</param>
    /// <param name="start">Standing of a subject when the stretch begins; null: it begins as a new one.</param>
    /// <param name="from">Since when it judges.</param>
    /// <param name="changed">Told of each change, in the order of time for each subject.</param>
    public PolicyReplay(EnforcementPolicy policy, Func<Subject, bool> isUnder, Func<Subject, StandingState?> start, DateTimeOffset from, Action<ReplayedChange> changed)
    {
        (_policy, _isUnder, _start, _from, _changed) = (policy, isUnder, start, from, changed);
        _sieves = ((SubjectKind[])[SubjectKind.Tenant, SubjectKind.Ip, SubjectKind.Domain]).ToDictionary(kind => kind, kind => new ClauseSieve(policy, kind));
    }

    /// <summary>Outcomes gone through.</summary>
    public long Outcomes { get; private set; }

    /// <summary>Subjects that were too many.</summary>
    public long LeftOut { get; private set; }

    /// <summary>The next outcome.</summary>
    public void Next(OutcomeRecord record)
    {
        Outcomes++;
        Begin(record.At);
        var totals = OutcomeProjection.Of(record);
        var taken = record.DeliveredAt is null ? null : OutcomeProjection.TakenBack(record);
        Count(Find(_tenants, SubjectKind.Tenant, record.Tenant), record, totals, taken);
        Count(Find(_domains, SubjectKind.Domain, record.Domain), record, totals, taken);
        if (record.Ip.Length > 0)
        {
            Count(Find(_ips, SubjectKind.Ip, record.Ip), record, totals, taken);
        }
    }

    /// <summary>A day that is known by its sums only; it counts at noon.</summary>
    public void Next(OutcomeDay day)
    {
        var at = new DateTimeOffset(day.Day, new(12, 0), TimeSpan.Zero);
        Begin(at);
        foreach (var subject in (ReplayedSubject?[])[Find(_tenants, SubjectKind.Tenant, day.Tenant), Find(_domains, SubjectKind.Domain, day.Domain), day.Ip.Length > 0 ? Find(_ips, SubjectKind.Ip, day.Ip) : null])
        {
            if (subject is not null)
            {
                subject.Pass(at);
                subject.Count(at, day.Totals, at);
                JudgeIfBegun(subject, at);
            }
        }
    }

    /// <summary>What an operator did, or what was reported, in the stretch.</summary>
    public void Next(Decision decision)
    {
        Begin(decision.At);
        if (Of(decision.Subject) is not { } subject)
        {
            return;
        }

        subject.Pass(decision.At);
        if (decision.Kind == DecisionKind.Finding)
        {
            subject.Judge(decision.At, new(decision.Id["finding-".Length..], decision.Action, decision.At));
        }
        else if (decision is { Kind: DecisionKind.Transition, By: "operator" })
        {
            subject.Operate(decision.To, decision.Reason, decision.At);
        }
    }

    /// <summary>The stretch ends: periods that end in it are seen through.</summary>
    public void End(DateTimeOffset to)
    {
        Begin(to);
        foreach (var subject in All)
        {
            subject.Pass(to);
        }
    }

    private IEnumerable<ReplayedSubject> All => _tenants.Values.Concat(_domains.Values).Concat(_ips.Values).OfType<ReplayedSubject>();

    // The draft comes into force: whoever is above its limits already is judged at once.
    private void Begin(DateTimeOffset at)
    {
        if (!_began && at >= _from)
        {
            _began = true;
            foreach (var subject in All)
            {
                subject.Judge(_from);
            }
        }
    }

    private void Count(ReplayedSubject? subject, OutcomeRecord record, in CounterTotals totals, CounterTotals? taken)
    {
        if (subject is null)
        {
            return;
        }

        if (_began)
        {
            subject.Pass(record.At);
        }

        subject.Count(record.At, totals, record.At);
        if (taken is { } back)
        {
            subject.Count(record.DeliveredAt!.Value, back, record.At);
        }

        // As a grain does: after a complaint at once, and after the batch.
        if (totals.Complaints > 0)
        {
            JudgeIfBegun(subject, record.At);
        }

        JudgeIfBegun(subject, record.At);
    }

    private void JudgeIfBegun(ReplayedSubject subject, DateTimeOffset at)
    {
        if (_began)
        {
            subject.Judge(at);
        }
    }

    private ReplayedSubject? Of(Subject subject) => subject.Kind switch
    {
        SubjectKind.Tenant => Find(_tenants, subject.Kind, subject.Key),
        SubjectKind.Ip => Find(_ips, subject.Kind, subject.Key),
        SubjectKind.Domain => Find(_domains, subject.Kind, subject.Key),
        _ => null,
    };

    private ReplayedSubject? Find(Dictionary<string, ReplayedSubject?> known, SubjectKind kind, string key)
    {
        if (known.TryGetValue(key, out var found))
        {
            return found;
        }

        var subject = new Subject(kind, key);
        if (!_isUnder(subject))
        {
            return known[key] = null;
        }

        if (_tenants.Count + _ips.Count + _domains.Count >= MaxSubjects)
        {
            LeftOut++;
            return null;
        }

        return known[key] = new(subject, _policy, _sieves[kind], _start(subject) ?? StandingState.Initial(_policy, kind, _from) with { Standing = Standing.Active }, _changed);
    }
}

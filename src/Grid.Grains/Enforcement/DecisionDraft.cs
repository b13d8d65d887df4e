using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Grid.Contracts.Enforcement;
using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>Writes down what was decided, as the ledger keeps it.</summary>
internal static class DecisionDraft
{
    /// <summary>Acts of a tenant that one above holds back, and no longer.</summary>
    public const string WithParent = "suspend-with-parent";

    public const string WithoutParent = "resume-with-parent";

    public static Decision Transition(Subject subject, StandingState before, RunningPolicy policy, Verdict.Change change, RollingCounters counters, DateTimeOffset now)
    {
        var decision = Make(subject, before.Standing, policy, change, counters, now);
        return decision with
        {
            ConditionBefore = Words(before),
            ConditionAfter = Words(change.Next),
            State = change.Next,
            Case = change.Effects.HasFlag(ClauseEffects.Case) || change.Next is { Stage: SuspensionStage.Investigating, Standing: Standing.Suspended } && before.Standing != Standing.Suspended
                ? decision.Id
                : null,
        };
    }

    public static Decision Finding(Subject subject, StandingState state, RunningPolicy policy, FindingReport report) => new()
    {
        Id = "finding-" + report.Id,
        At = report.At,
        Subject = subject,
        From = state.Standing,
        To = state.Standing,
        Action = report.Signal,
        Policy = policy.Policy.Name,
        PolicyVersion = policy.Policy.Version,
        PolicyHash = policy.Hash,
        Clause = report.By,
        By = report.By,
        Reason = report.MessageId is { } message ? $"about message {message}" : "",
        Evidence = report.Evidence,
        Figures = report.Value is { } value ? [new("value", value)] : [],
        Kind = DecisionKind.Finding,
        Case = report.Case,
    };

    public static Decision Override(Subject subject, StandingState state, EnforcementPolicy policy, ClauseOverride exception, string action) => new()
    {
        Id = $"{IdOf(subject, exception.At)}-{action}-{exception.Clause}",
        At = exception.At,
        Subject = subject,
        From = state.Standing,
        To = state.Standing,
        Action = action,
        Policy = policy.Name,
        PolicyVersion = policy.Version,
        Clause = exception.Clause,
        Figures = exception.Threshold is { } threshold ? [new("threshold", threshold)] : [],
        By = exception.By,
        Reason = exception.Reason,
        Kind = DecisionKind.Act,
    };

    /// <summary>One of a tenant's streams or campaigns is suspended, or no longer.</summary>
    public static Decision Scope(Subject subject, StandingState state, EnforcementPolicy policy, string scope, Standing to, string clause, string by, string reason, DateTimeOffset at) =>
        Act(subject, state, policy, $"{IdOf(subject, at)}-scope-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{to} {scope}")).AsSpan(0, 4))}", at) with
        {
            Action = to == Standing.Suspended ? "suspend-scope" : "reinstate-scope",
            Clause = clause,
            By = by,
            Reason = $"{scope}: {reason}",
        };

    /// <summary>The subject's mail leaves by other sending IPs.</summary>
    public static Decision Quarantine(Subject subject, StandingState state, EnforcementPolicy policy, string from, string to, string reason, DateTimeOffset at) =>
        Act(subject, state, policy, IdOf(subject, at) + "-quarantine", at) with { Action = "quarantine", Clause = "worst-contributor", Reason = $"moved from pool {from} to pool {to}: {reason}" };

    /// <summary>A tenant above holds the subject back, or (null) no longer.</summary>
    public static Decision Parent(Subject subject, StandingState state, EnforcementPolicy policy, ParentHold? held, string clause, DateTimeOffset at) =>
        Act(subject, state, policy, $"{IdOf(subject, at)}-{(held is null ? WithoutParent : WithParent)}", at) with
        {
            Action = held is null ? WithoutParent : WithParent,
            Clause = held?.Clause ?? clause,
            Reason = held?.Words ?? "no tenant above it is suspended any more",
        };

    private static Decision Act(Subject subject, StandingState state, EnforcementPolicy policy, string id, DateTimeOffset at) => new()
    {
        Id = id,
        At = at,
        Subject = subject,
        From = state.Standing,
        To = state.Standing,
        Action = "",
        Policy = policy.Name,
        PolicyVersion = policy.Version,
        Clause = "",
        By = "grid",
        Kind = DecisionKind.Act,
    };

    /// <summary>Conditions and stage in words; null where there are none.</summary>
    public static string? Words(StandingState state)
    {
        var words = new[]
        {
            state.Conditions.HasFlag(StandingConditions.Probation) ? "probation" : null,
            state.Conditions.HasFlag(StandingConditions.Guided) ? "guided" : null,
            state.Conditions.HasFlag(StandingConditions.Limited) ? "limited" : null,
            state.Stage switch { SuspensionStage.Investigating => "investigating", SuspensionStage.AwaitingAppeal => "awaitingAppeal", _ => null },
        }.OfType<string>().ToList();
        return words.Count == 0 ? null : string.Join(", ", words);
    }

    public static Decision Shadow(Subject subject, Standing before, RunningPolicy policy, Verdict.Change change, RollingCounters counters, DateTimeOffset now) =>
        Make(subject, before, policy, change, counters, now) with { Kind = DecisionKind.Shadow, Id = IdOf(subject, now) + "-shadow" };

    /// <summary>Sorts by time, and is the same again for the same subject and instant only.</summary>
    public static string IdOf(Subject subject, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{now.UtcTicks:x16}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject.ToString())).AsSpan(0, 6))}");

    private static Decision Make(Subject subject, Standing from, RunningPolicy policy, Verdict.Change change, RollingCounters counters, DateTimeOffset now)
    {
        var bounds = Bounds(subject.Kind, policy.Policy, change, counters, now);
        return new()
        {
            Id = IdOf(subject, now),
            At = now,
            Subject = subject,
            From = from,
            To = change.To,
            Action = change.Action,
            Policy = policy.Policy.Name,
            PolicyVersion = policy.Policy.Version,
            PolicyHash = policy.Hash,
            Clause = change.Clause,
            Figures = change.Figures,
            By = "grid",
            Reason = change.Reason,
            CureDue = change.CureDue,
            WindowFrom = bounds?.From,
            WindowTo = bounds?.To,
        };
    }

    // A judgement at the end of a cure period counts from the warning on; any other counts the clause's window, to the slot.
    private static (DateTimeOffset From, DateTimeOffset To)? Bounds(SubjectKind kind, EnforcementPolicy policy, Verdict.Change change, RollingCounters counters, DateTimeOffset now)
    {
        if (change.Figures.FirstOrDefault(f => f.Name == "window") is not { } counted)
        {
            return null;
        }

        var span = TimeSpan.FromSeconds((double)counted.Value);
        var clause = policy.Clauses(kind).FirstOrDefault(c => c.Id == change.Clause);
        var window = policy.Windows.FirstOrDefault(w => w.Name == clause?.Window);
        return window?.Length == span ? counters.Bounds(window.Name, now) : (now - span, now);
    }
}

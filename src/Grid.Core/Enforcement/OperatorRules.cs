using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement;

/// <summary>What an operator may do with a standing.</summary>
internal static class OperatorRules
{
    /// <summary>Longest reason in characters.</summary>
    private const int MaxReason = 1000;

    public static Verdict.Refused? Forbids(SubjectKind kind, StandingState state, Standing to, string reason) => (state.Standing, to) switch
    {
        _ when string.IsNullOrWhiteSpace(reason) => new("reason-required", "an operator's transition needs a reason; it stands in the ledger"),
        _ when reason.Length > MaxReason => new("reason-too-long", $"a reason has at most {MaxReason} characters"),
        _ when !Enum.IsDefined(to) => new("no-such-state", "a state is one of pending, active, warned, suspended, terminated"),
        (Standing.Terminated, Standing.Terminated) => null,
        (Standing.Terminated, _) => new("terminated-is-final", "terminated is final: nobody returns from it under the same name"),
        (Standing.Pending, Standing.Pending) => null,
        (_, Standing.Pending) => new("pending-is-the-beginning", "only a new tenant is pending; to hold it, suspend it"),
        (Standing.Pending, Standing.Warned) => new("pending-sends-nothing", "a pending tenant has sent nothing to be warned for; activate, suspend or terminate it"),
        (_, Standing.Terminated) when kind is SubjectKind.Domain or SubjectKind.Site =>
            new("domains-are-not-ours", "a recipient domain can't be terminated, as its mail would be cancelled for ever; suspend it"),
        _ => null,
    };

    public static Verdict.Refused? ForbidsStage(SubjectKind kind, StandingState state, SuspensionStage to, string reason) => to switch
    {
        _ when string.IsNullOrWhiteSpace(reason) => new("reason-required", "it needs a reason; that stands in the ledger"),
        _ when reason.Length > MaxReason => new("reason-too-long", $"a reason has at most {MaxReason} characters"),
        _ when state.Standing != Standing.Suspended || kind != SubjectKind.Tenant => new("not-suspended", "only a suspended tenant is investigated or appeals"),
        SuspensionStage.Investigating or SuspensionStage.AwaitingAppeal => null,
        _ => new("no-such-stage", "a suspension is investigating or awaitingAppeal; to end it, make the tenant active"),
    };

    /// <summary>True where the operator asks for what is already so by an operator's word.</summary>
    public static bool IsSo(StandingState state, Standing to) =>
        state.Standing == to && (to is Standing.Pending or Standing.Terminated || state.OperatorStanding == to);

    public static Verdict.Change Apply(EnforcementPolicy policy, SubjectKind kind, StandingState state, Standing to, string reason, DateTimeOffset now)
    {
        var restart = state.Standing is Standing.Suspended or Standing.Warned && to is Standing.Active or Standing.Warned && to < state.Standing;
        var keepsCure = to == Standing.Warned && state.Standing == Standing.Warned;
        var next = state with
        {
            Standing = to,
            Since = to == state.Standing ? state.Since : now,
            CureDue = keepsCure ? state.CureDue : null,
            WarnedClause = keepsCure ? state.WarnedClause : null,
            WindowsFrom = restart ? now : state.WindowsFrom,
            OperatorStanding = to,
            Conditions = keepsCure ? state.Conditions : state.Conditions & StandingConditions.Probation,
            Stage = to == Standing.Suspended && kind == SubjectKind.Tenant ? SuspensionStage.Investigating : SuspensionStage.None,
            Cause = to == Standing.Suspended ? state.Cause : null,
        };
        if (state.Standing == Standing.Pending && to == Standing.Active)
        {
            next = Probation.Begin(policy, kind, next, now);
        }

        return new(to, Action(kind, state.Standing, to), "operator", [], next.CureDue, restart, reason, next);
    }

    private static string Action(SubjectKind kind, Standing from, Standing to) => to switch
    {
        Standing.Active when from == Standing.Pending => "activate",
        Standing.Active => kind == SubjectKind.Tenant ? "reinstate" : "resume",
        Standing.Warned => "warn",
        Standing.Suspended => kind switch { SubjectKind.Tenant => "suspend", SubjectKind.Ip => "rest", _ => "pause" },
        Standing.Terminated => "terminate",
        _ => throw new ArgumentOutOfRangeException(nameof(to), to, "no operator's transition leads here"),
    };
}

using Grid.Contracts.Admission;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <content>Standings of its streams and campaigns.</content>
public sealed partial class TenantGrain
{
    private IReadOnlyList<ScopeState> _scopes = [];

    public async ValueTask<StandingChange> SetScope(string scope, Standing to, string reason)
    {
        if (ScopeRules.Operate(_scopes, scope, to, reason, Now) is not { } next)
        {
            return new(State.Standing, TooMany);
        }

        await Services.Ledger.AppendAsync(DecisionDraft.Scope(Subject, State, Policy, scope, to, "operator", "operator", reason, Now));
        await KeepAsync(next);
        return new(to, null);
    }

    protected override async ValueTask ScopedAsync(FindingReport report)
    {
        var clause = ScopeRules.Suspends(Policy, report.Scope!, report.Signal);
        var before = _scopes.FirstOrDefault(s => s.Scope == report.Scope);
        if (ScopeRules.Report(_scopes, report.Scope!, report.Signal, clause, Now) is not { } next)
        {
            throw new InvalidOperationException(TooMany);
        }

        if (clause is not null && before?.Grid != Standing.Suspended)
        {
            await Services.Ledger.AppendAsync(DecisionDraft.Scope(Subject, State, Policy, report.Scope!, Standing.Suspended, clause.Id, "grid", clause.Words, report.At) with { Evidence = report.Evidence });
        }

        await KeepAsync(next);
    }

    private static string TooMany => $"a tenant has at most {ScopeRules.MaxScopes} streams and campaigns with a standing of their own; set others to active first";

    private async ValueTask KeepAsync(IReadOnlyList<ScopeState> next)
    {
        var before = HoldOn(PermitKind.Send);
        await Services.Registry.PutAsync(Registered.Scopes, this.GetPrimaryKeyString(), next.ToArray());
        _scopes = next;
        if (HoldOn(PermitKind.Send) is { } now ? !now.IsLike(before) : before is not null)
        {
            await Permits.RevokeAsync(Subject, ended: false);
        }
    }
}

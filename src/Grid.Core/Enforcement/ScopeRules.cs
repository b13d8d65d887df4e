using Grid.Core.Enforcement.Policies;
using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement;

/// <summary>
/// What: the standings of a tenant's streams and campaigns. In: those that have one, a report or an operator's word, now. Out: the same
/// with the change. Guarantees: pure; at most <see cref="MaxScopes"/>, of which one that says nothing any more is dropped; the grid never
/// ends what an operator imposed, and an operator's word ends both. Fails: null where there are too many.
/// </summary>
public static class ScopeRules
{
    /// <summary>Streams and campaigns of a tenant that are remembered at most.</summary>
    public const int MaxScopes = 200;

    /// <summary>Longest name of a campaign.</summary>
    public const int MaxName = 100;

    private const string Stream = "stream/";
    private const string Campaign = "campaign/";

    /// <summary>Whether it is the name of a scope.</summary>
    public static bool IsScope(string? text) =>
        text is Stream + "bulk" or Stream + "transactional"
        || (text is not null && text.StartsWith(Campaign, StringComparison.Ordinal) && text.Length > Campaign.Length && text.Length <= Campaign.Length + MaxName && !text.Any(char.IsControl));

    /// <summary>The scopes that a message is in and that have a standing.</summary>
    public static IEnumerable<ScopeState> Of(IReadOnlyList<ScopeState> scopes, string stream, string? campaign)
    {
        foreach (var scope in scopes)
        {
            if ((scope.Scope.StartsWith(Stream, StringComparison.Ordinal) && scope.Scope.AsSpan(Stream.Length).SequenceEqual(stream))
                || (campaign is not null && scope.Scope.StartsWith(Campaign, StringComparison.Ordinal) && scope.Scope.AsSpan(Campaign.Length).SequenceEqual(campaign)))
            {
                yield return scope;
            }
        }
    }

    /// <summary>Whether it is all of the mail of a kind.</summary>
    public static bool IsStream(ScopeState scope, MailStream kind) => scope.Scope == (kind == MailStream.Transactional ? Stream + "transactional" : Stream + "bulk");

    /// <summary>The campaign that it is; null where it is a stream.</summary>
    public static string? CampaignOf(ScopeState scope) => scope.Scope.StartsWith(Campaign, StringComparison.Ordinal) ? scope.Scope[Campaign.Length..] : null;

    /// <summary>The clause by which a report suspends the scope itself: it is about streams, or campaigns, and asks for nothing but that report. Null: none does.</summary>
    public static EnforcementClause? Suspends(EnforcementPolicy policy, string scope, string signal) => policy.Tenant.FirstOrDefault(clause =>
        clause.Action >= ClauseAction.Suspend && IsAbout(clause, scope) && clause.Also.Count == 0 && clause.Measure == ClauseMeasure.EventCount && clause.Signal == signal);

    /// <summary>The policy without the clauses that are about the scope: what was reported of a stream isn't laid to all of the tenant.</summary>
    public static EnforcementPolicy Without(EnforcementPolicy policy, string scope) =>
        policy.Tenant.Any(clause => IsAbout(clause, scope)) ? policy with { Tenant = [.. policy.Tenant.Where(clause => !IsAbout(clause, scope))] } : policy;

    /// <summary>A report about a scope.</summary>
    public static IReadOnlyList<ScopeState>? Report(IReadOnlyList<ScopeState> scopes, string scope, string signal, EnforcementClause? clause, DateTimeOffset now)
    {
        var before = Find(scopes, scope);
        var after = (before ?? new() { Scope = scope, Since = now }) with { Findings = before is null ? [signal] : [.. before.Findings.Where(f => f != signal), signal] };
        if (clause is not null && after.Grid != Standing.Suspended)
        {
            after = after with { Grid = Standing.Suspended, Clause = after.Clause ?? clause.Id, Reason = clause.Words, Since = now };
        }

        return With(scopes, after);
    }

    /// <summary>An operator's word: Suspended, or Active, which also forgets what was reported.</summary>
    public static IReadOnlyList<ScopeState>? Operate(IReadOnlyList<ScopeState> scopes, string scope, Standing to, string reason, DateTimeOffset now) => to == Standing.Active
        ? [.. scopes.Where(s => s.Scope != scope)]
        : With(scopes, (Find(scopes, scope) ?? new() { Scope = scope }) with { Operator = Standing.Suspended, Clause = "operator", Reason = reason, Since = now });

    private static ScopeState? Find(IReadOnlyList<ScopeState> scopes, string scope) => scopes.FirstOrDefault(s => s.Scope == scope);

    private static IReadOnlyList<ScopeState>? With(IReadOnlyList<ScopeState> scopes, ScopeState one)
    {
        var others = scopes.Where(s => s.Scope != one.Scope).ToList();
        return others.Count < MaxScopes ? [.. others, one] : null;
    }

    private static bool IsAbout(EnforcementClause clause, string scope) =>
        clause.Part == (scope.StartsWith(Stream, StringComparison.Ordinal) ? PolicySubject.Stream : PolicySubject.Campaign);
}

using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>A stream or campaign with a standing of its own.</summary>
/// <param name="Scope">Such as stream/bulk or campaign/spring.</param>
/// <param name="State">active or suspended; the more severe of what grid and operator set.</param>
/// <param name="Grid">What the grid's clauses set.</param>
/// <param name="Operator">What the operator set.</param>
/// <param name="Findings">What was reported about it: its messages are judged as if each had them.</param>
public sealed record ScopeBody(string Scope, Standing State, Standing Grid, Standing Operator, string? Clause, string? Reason, DateTimeOffset Since, IReadOnlyList<string> Findings)
{
    public static ScopeBody Of(ScopeState scope) => new(
        scope.Scope, scope.IsSuspended ? Standing.Suspended : Standing.Active, scope.Grid, scope.Operator, scope.Clause, scope.Reason.Length == 0 ? null : scope.Reason, scope.Since, scope.Findings);
}

using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;

namespace Grid.Grains.Enforcement;

/// <summary>A policy with the exceptions of one tenant: of its clauses on standing, others hold another threshold, or none.</summary>
internal static class PolicyOverrides
{
    /// <summary>Most exceptions of a tenant.</summary>
    public const int Max = 100;

    /// <summary>Thresholds are kept to the millionth.</summary>
    private const int Parts = 1_000_000;

    public static RunningPolicy Apply(RunningPolicy running, IReadOnlyList<ClauseOverride> overrides) =>
        !overrides.Any(o => running.Policy.Tenant.Any(c => c.Id == o.Clause)) ? running : running with
        {
            Policy = running.Policy with
            {
                Tenant = [.. running.Policy.Tenant.Select(clause => (Clause: clause, Exception: overrides.FirstOrDefault(o => o.Clause == clause.Id)))
                    .Where(c => c.Exception is not { IsWaived: true })
                    .Select(c => c.Exception?.Threshold is { } threshold ? c.Clause with { Threshold = Of(threshold, c.Clause.Measure) } : c.Clause)],
            },
        };

    private static Ratio Of(decimal threshold, ClauseMeasure measure) => measure.IsCount() ? new((long)threshold, 1) : new((long)(threshold * Parts), Parts);
}

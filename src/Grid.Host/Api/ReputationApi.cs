using System.Text.Json;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>A tenant's own standing.</summary>
public static class ReputationApi
{
    private const int ShownDecisions = 20;

    public static void MapReputation(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/reputation").RequireKey(CallerRole.Tenant).WithTags("Reputation").MapGet("", Get).Produces<ReputationBody>();

    private static async Task<IResult> Get(HttpContext context, IGrainFactory grains, ILedger ledger, PolicyShelf policies, TimeProvider clock)
    {
        var tenant = Caller.TenantOf(context);
        if (await grains.GetGrain<ITenantGrain>(tenant).Find() is not { } view)
        {
            return Problem.NotFound($"There is no tenant '{tenant}' any more.");
        }

        var account = view.Account;
        var policy = await policies.FindAsync(account.Policy, context.RequestAborted) ?? EnforcementPolicy.Default;
        var decisions = await ledger.ReadAsync(Subject.Tenant(tenant), null, ShownDecisions, context.RequestAborted);
        return Answer.Json(
            new ReputationBody(
                tenant,
                account.Standing,
                account.Since,
                new(account.Policy, account.PolicyVersion),
                account.Window,
                account.WindowFrom,
                CountersBody.Of(account.Counters),
                RatesBody.Of(account.Counters),
                Measures(policy, account, clock.GetUtcNow()),
                account.CureDue is { } due ? new(due, account.CureRequired) : null,
                [.. decisions.Select(decision => DecisionBody.Of(decision)!)]),
            ApiJson.Default.ReputationBody);
    }

    /// <summary>Clauses of other windows than the shown one are left out: the view has no counters for them.</summary>
    private static List<MeasureBody> Measures(EnforcementPolicy policy, AccountView account, DateTimeOffset now)
    {
        var measures = new List<MeasureBody>();
        foreach (var clause in policy.Clauses(SubjectKind.Tenant).Where(clause => clause.Window == account.Window))
        {
            var reading = new ClauseReading(clause, account.Counters, now - account.WindowFrom);
            var threshold = clause.Threshold.Fraction;
            measures.Add(new(
                clause.Id,
                JsonNamingPolicy.CamelCase.ConvertName(clause.Action.ToString()),
                reading.Rate,
                threshold,
                reading.IsCollecting || threshold == 0 ? 0 : Math.Round(reading.Rate / threshold, 4),
                !reading.IsCollecting,
                reading.IsBreached,
                reading.Events,
                reading.Volume,
                clause.Words,
                reading.IsBreached ? clause.CureText : null));
        }

        return measures;
    }
}

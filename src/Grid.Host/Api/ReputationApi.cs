using System.Text.Json;
using Grid.Contracts.Enforcement;
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

    private static async Task<IResult> Get(HttpContext context, IGrainFactory grains, ILedger ledger)
    {
        var tenant = Caller.TenantOf(context);
        if (await grains.GetGrain<ITenantGrain>(tenant).Find() is not { } view)
        {
            return Problem.NotFound($"There is no tenant '{tenant}' any more.");
        }

        var account = view.Account;
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
                RatesBody.Of(account),
                [.. (await grains.GetGrain<ITenantGrain>(tenant).Readings()).Select(Measure)],
                account.CureDue is { } due ? new(due, account.CureRequired) : null,
                [.. decisions.Select(decision => DecisionBody.Of(decision)!)]),
            ApiJson.Default.ReputationBody);
    }

    private static MeasureBody Measure(ClauseStanding clause)
    {
        var value = clause.IsCount ? clause.Events : clause.Rate;
        return new(
            clause.Id,
            JsonNamingPolicy.CamelCase.ConvertName(clause.Action.ToString()),
            value,
            clause.Threshold,
            clause.IsCollecting || clause.Threshold == 0 ? 0 : Math.Round(value / clause.Threshold, 4),
            !clause.IsCollecting,
            clause.IsBreached,
            clause.Events,
            clause.Volume,
            clause.Words,
            clause.IsBreached && clause.CureText.Length > 0 ? clause.CureText : null)
        {
            Unit = clause.IsCount ? MeasureBody.Count : MeasureBody.Fraction,
            Window = clause.Window.Length == 0 ? null : clause.Window,
            From = clause.From,
            VolumeOf = clause.VolumeName,
            Overridden = clause.IsOverridden ? true : null,
        };
    }
}

using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>A tenant's appeal against its standing: cause, fixes and prevention, in the file of its case.</summary>
public static class AppealsApi
{
    private const int MaxWords = 4000;

    public static void MapAppeals(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/appeals").RequireKey(CallerRole.Tenant).WithTags("Reputation").MapPost("", Appeal).Accepts<AppealRequest>("application/json").Produces<AppealBody>(201).WithMetadata(new VerbRequirement(null));

    private static async Task<IResult> Appeal(HttpContext context, IGrainFactory grains, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.AppealRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        var cause = faults.Text("cause", request.Cause, MaxWords);
        var fixes = faults.Text("fixes", request.Fixes, MaxWords);
        var prevention = faults.Text("prevention", request.Prevention, MaxWords);
        if (!faults.None)
        {
            return faults.Problem;
        }

        var tenant = Caller.TenantOf(context);
        var grain = grains.GetGrain<ITenantGrain>(tenant);
        var view = await grain.View();
        if (await grain.May(Verb.Appeal) is not null)
        {
            return Problem.Conflict(view.Standing == Standing.Terminated ? "A terminated tenant doesn't return; there is no appeal." : "There is nothing to appeal against.");
        }

        var now = clock.GetUtcNow();
        var id = view.LastDecision?.Case ?? view.LastDecision?.Id ?? $"appeal-{tenant}-{view.Since.UtcTicks:x16}";
        var file = grains.GetGrain<ICaseGrain>(id);
        await file.Open(new(Subject.Tenant(tenant), CaseKind.Standing, $"{tenant} is {view.Standing.ToString().ToLowerInvariant()} and appeals", view.LastDecision?.Id, now));
        var answer = await file.Add(new(now, "appeal", "tenant", $"Cause: {cause}\nFixes: {fixes}\nPrevention: {prevention}"));
        if (answer.Refused is { } words)
        {
            return Problem.Conflict(words);
        }

        if (view.Standing == Standing.Suspended)
        {
            await grain.SetStage(SuspensionStage.Investigating, "the tenant appealed", "tenant");
        }

        return Answer.Json(new AppealBody(id, view.Standing, now), ApiJson.Default.AppealBody, 201);
    }
}

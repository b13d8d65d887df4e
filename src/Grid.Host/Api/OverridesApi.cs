using Grid.Contracts.Enforcement;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>Exceptions of single tenants from their policy, for the operator: shown as such, and on the ledger.</summary>
public static class OverridesApi
{
    private const string By = "operator";
    private const int MaxReason = 1000;
    private const int MaxClause = 64;
    private const decimal MaxThreshold = 1_000_000_000;

    public static void MapOverrides(this IEndpointRouteBuilder routes)
    {
        var overrides = routes.MapGroup("/v1/tenants/{tenant}/overrides").RequireKey(CallerRole.Operator).WithTags("Policies");
        overrides.MapGet("", List).Produces<OverridesBody>();
        overrides.MapPut("/{clause}", Put).Accepts<OverrideRequest>("application/json").Produces<OverridesBody>();
        overrides.MapDelete("/{clause}", Delete).Produces(204);
    }

    private static async Task<IResult> List(string tenant, IGrainFactory grains) => await FindAsync(tenant, grains) is { } grain ? await ShowAsync(tenant, grain) : NoSuch(tenant);

    private static async Task<IResult> Put(string tenant, string clause, HttpContext context, IGrainFactory grains, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.OverrideRequest);
        if (request is null)
        {
            return problem!;
        }

        if (await FindAsync(tenant, grains) is not { } grain)
        {
            return NoSuch(tenant);
        }

        var faults = new Faults();
        var reason = faults.Text("reason", request.Reason, MaxReason);
        if (request.Waived == true == (request.Threshold is not null))
        {
            faults.Add("threshold", "give either a threshold (a fraction, or a number for clauses that count) or \"waived\": true");
        }

        if (request.Threshold is < 0 or > MaxThreshold)
        {
            faults.Add("threshold", "must be 0 to 1,000,000,000");
        }

        if (clause.Length > MaxClause || !(await grain.Readings()).Any(r => r.Id == clause) && !(await grain.Overrides()).Any(o => o.Clause == clause))
        {
            faults.Add("clause", "must be a clause of the tenant's policy on its standing; GET /v1/policies/{name} lists them");
        }

        if (!faults.None)
        {
            return faults.Problem;
        }

        return await grain.SetOverride(new(clause, request.Threshold, clock.GetUtcNow(), By, reason)) ? await ShowAsync(tenant, grain) : Problem.Conflict("The tenant has too many overrides.");
    }

    private static async Task<IResult> Delete(string tenant, string clause, IGrainFactory grains, string? reason) =>
        await FindAsync(tenant, grains) is not { } grain ? NoSuch(tenant)
        : await grain.EndOverride(clause, By, reason is { Length: > MaxReason } ? reason[..MaxReason] : reason ?? "") ? TypedResults.NoContent()
        : Problem.NotFound($"'{tenant}' has no override of '{clause}'.");

    private static async ValueTask<ITenantGrain?> FindAsync(string tenant, IGrainFactory grains)
    {
        if (!SubjectNames.IsTenant(tenant))
        {
            return null;
        }

        var grain = grains.GetGrain<ITenantGrain>(tenant);
        return await grain.Find() is null ? null : grain;
    }

    private static async ValueTask<IResult> ShowAsync(string tenant, ITenantGrain grain) => Answer.Json(
        new OverridesBody(Subject.Tenant(tenant).ToString(), [.. (await grain.Overrides()).Select(o => new OverrideBody(o.Clause, o.Threshold, o.IsWaived ? true : null, o.At, o.By, o.Reason))]),
        ApiJson.Default.OverridesBody);

    private static Problem NoSuch(string tenant) => Problem.NotFound($"There is no tenant '{tenant}'.");
}

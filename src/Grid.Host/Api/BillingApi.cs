using Grid.Contracts.Enforcement;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Enforcement;

namespace Grid.Host.Api;

/// <summary>What tenants cost, for the operator.</summary>
public static class BillingApi
{
    public static void MapBilling(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/tenants/{tenant}/billing").RequireKey(CallerRole.Operator).WithTags("Tenants").MapGet("", Get).Produces<BillingBody>();

    /// <summary>As JSON, or with ?format=csv the cost lines alone.</summary>
    private static async Task<IResult> Get(string tenant, HttpContext context, IGrainFactory grains, Accounting accounting, string? format)
    {
        if (!SubjectNames.IsTenant(tenant) || await grains.GetGrain<ITenantGrain>(tenant).Find() is null)
        {
            return Problem.NotFound($"There is no tenant '{tenant}'.");
        }

        if (format is not (null or "json" or "csv"))
        {
            return Problem.Malformed(new("format", "must be json or csv"));
        }

        var account = await accounting.OfAsync(tenant, context.RequestAborted);
        return format == "csv" ? TypedResults.Text(Accounting.Csv(account), "text/csv; charset=utf-8") : Answer.Json(account, ApiJson.Default.BillingBody);
    }
}

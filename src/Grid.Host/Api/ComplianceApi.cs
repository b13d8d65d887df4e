using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Enforcement;

namespace Grid.Host.Api;

/// <summary>What is checked for a tenant: to the tenant itself, and to the operator.</summary>
public static class ComplianceApi
{
    public static void MapCompliance(this IEndpointRouteBuilder routes)
    {
        routes.MapGroup("/v1/compliance").RequireKey(CallerRole.Tenant).WithTags("Reputation").MapGet("", Get).Produces<ComplianceBody>();
        routes.MapGroup("/v1/tenants/{tenant}/compliance").RequireKey(CallerRole.Operator).WithTags("Tenants").MapGet("", Get).Produces<ComplianceBody>();
    }

    private static async Task<IResult> Get(HttpContext context, Compliance compliance)
    {
        var tenant = VettingShow.TenantOf(context);
        return SubjectNames.IsTenant(tenant) && await compliance.ReportAsync(tenant, context.RequestAborted) is { } report
            ? Answer.Json(report, ApiJson.Default.ComplianceBody)
            : VettingShow.NoSuch(context);
    }
}

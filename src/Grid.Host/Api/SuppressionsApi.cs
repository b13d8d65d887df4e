using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Ingress;
using Microsoft.AspNetCore.Http.Features;

namespace Grid.Host.Api;

/// <summary>
/// Suppressed addresses: a tenant's own, and for the operator those of any tenant, or of all (tenant <c>*</c>, the opt-out register).
/// What recipients and receivers said stays: a tenant removes only what it added by hand.
/// </summary>
public static class SuppressionsApi
{
    private const string Csv = "text/csv";
    private const string Ndjson = "application/x-ndjson";

    public static void MapSuppressions(this IEndpointRouteBuilder routes)
    {
        Map(routes.MapGroup("/v1/suppressions").RequireKey(CallerRole.Tenant).WithTags("Suppressions"), null);
        Map(routes.MapGroup("/v1/tenants/{tenant}/suppressions").RequireKey(CallerRole.Operator).WithTags("Suppressions").AddEndpointFilter(TenantFilter.OneOrAll), "suppressions");
    }

    private static void Map(RouteGroupBuilder group, string? setting)
    {
        group.MapGet("", List).Produces<SuppressionsBody>();
        group.MapPut("/{address}", Put).Accepts<SuppressionRequest>("application/json").Produces<SuppressionBody>().OnLedger("suppress", Whose);
        group.MapDelete("/{address}", Delete).Produces(204).OnLedger("lift-suppression", Whose);
        group.MapPost("/import", Import).Accepts<SuppressionImportLine>(Ndjson, Csv).Produces<SuppressionImportBody>().OnLedger("import-suppressions", Whose);
        group.MapGet("/export", Export).Produces<string>(200, Ndjson, Csv);

        // Who was suppressed stands in the list, not in a ledger that forgets nothing.
        Subject? Whose(RouteValueDictionary values) => ActFilterExtensions.TenantOr(values, setting);
    }

    private static async Task<IResult> List(HttpContext context, ISuppressions suppressions, string? after)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem))
        {
            return problem!;
        }

        var page = await suppressions.ListAsync(TenantOf(context), after ?? "", limit, context.RequestAborted);
        return Answer.Json(
            new SuppressionsBody([.. page.Select(SuppressionBody.Of)], page.Count >= limit ? page[^1].Address : null),
            ApiJson.Default.SuppressionsBody);
    }

    private static async Task<IResult> Put(string address, HttpContext context, ISuppressions suppressions, TimeProvider clock)
    {
        SuppressionRequest? request = new(null, null);
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false)
        {
            (request, var problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.SuppressionRequest);
            if (request is null)
            {
                return problem!;
            }
        }

        var faults = new Faults();
        var tenant = TenantOf(context);
        if (SuppressionFields.Read(tenant, ByOf(context), new(address, request.Reason, request.Scope, null, request.Detail), clock.GetUtcNow(), faults) is not { } entry)
        {
            return faults.Problem;
        }

        await suppressions.AddAsync(entry, context.RequestAborted);
        var stored = await suppressions.FindAsync(tenant, entry.Address, context.RequestAborted);
        return stored is null
            ? Problem.Conflict("The suppression was removed by someone else meanwhile.")
            : Answer.Json(SuppressionBody.Of(stored), ApiJson.Default.SuppressionBody);
    }

    private static async Task<IResult> Delete(string address, HttpContext context, ISuppressions suppressions)
    {
        var tenant = TenantOf(context);
        if (!AddressNormalForm.TryNormalise(address, out var normal) || await suppressions.FindAsync(tenant, normal, context.RequestAborted) is not { } found)
        {
            return Problem.NotFound("The address is not suppressed.");
        }

        if (found.Tenant != tenant)
        {
            return Problem.Conflict("The address is suppressed for all tenants; only the operator can change that, as tenant *.");
        }

        var isOperator = ByOf(context) == "operator";
        if (await suppressions.RemoveAsync(tenant, normal, isOperator ? null : SuppressionReason.Manual, context.RequestAborted))
        {
            return Results.NoContent();
        }

        return found.Reason == SuppressionReason.Manual
            ? Problem.NotFound("The address is not suppressed.")
            : Problem.Conflict($"The address is suppressed for {Words(found.Reason)}; only a manual suppression can be removed by the tenant.");
    }

    private static async Task<IResult> Import(HttpContext context, ISuppressions suppressions, TimeProvider clock)
    {
        var type = context.Request.ContentType?.Split(';')[0].Trim();
        if (type is not (Csv or Ndjson))
        {
            return Problem.WrongType($"{Csv} or {Ndjson}");
        }

        var import = new SuppressionImport(TenantOf(context), ByOf(context), suppressions, clock);
        return Answer.Json(await import.RunAsync(context.Request.BodyReader, type == Csv, context.RequestAborted), ApiJson.Default.SuppressionImportBody);
    }

    private static IResult Export(HttpContext context, ISuppressions suppressions, string? format) => format is null or "ndjson" or "csv"
        ? new SuppressionExport(TenantOf(context), format == "csv", suppressions)
        : Problem.Malformed(new("format", "must be csv or ndjson"));

    /// <summary>The tenant of the key, or the one that the operator names.</summary>
    private static string TenantOf(HttpContext context) =>
        context.Request.RouteValues["tenant"] as string ?? Caller.TenantOf(context);

    private static string ByOf(HttpContext context) => context.Features.Get<Caller>() is { Role: CallerRole.Operator } ? "operator" : "tenant";

    private static string Words(SuppressionReason reason) => reason switch
    {
        SuppressionReason.Complaint => "a complaint",
        SuppressionReason.HardBounce => "a hard bounce",
        SuppressionReason.Unsubscribe => "an unsubscription",
        SuppressionReason.Manual => "a reason of the tenant's own",
        _ => throw new InvalidOperationException($"no reason {reason}"),
    };
}

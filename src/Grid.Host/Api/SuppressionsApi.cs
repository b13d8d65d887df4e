using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>A tenant's suppressed addresses.</summary>
public static class SuppressionsApi
{
    private const string ByTenant = "tenant";
    private const int MaxDetail = 500;

    public static void MapSuppressions(this IEndpointRouteBuilder routes)
    {
        var suppressions = routes.MapGroup("/v1/suppressions").RequireKey(CallerRole.Tenant).WithTags("Suppressions");
        suppressions.MapGet("", List).Produces<SuppressionsBody>();
        suppressions.MapPut("/{address}", Put).Accepts<SuppressionRequest>("application/json").Produces<SuppressionBody>();
        suppressions.MapDelete("/{address}", Delete).Produces(204);
    }

    private static async Task<IResult> List(HttpContext context, ISuppressions suppressions, string? after)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem))
        {
            return problem!;
        }

        var page = await suppressions.ListAsync(Caller.TenantOf(context), after ?? "", limit, context.RequestAborted);
        return Answer.Json(
            new SuppressionsBody([.. page.Select(SuppressionBody.Of)], page.Count == limit ? page[^1].Address : null),
            ApiJson.Default.SuppressionsBody);
    }

    private static async Task<IResult> Put(string address, HttpContext context, ISuppressions suppressions, TimeProvider clock)
    {
        SuppressionRequest? request = new(null, null);
        if (context.Request.ContentLength is not 0 and not null)
        {
            (request, var problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.SuppressionRequest);
            if (request is null)
            {
                return problem!;
            }
        }

        var faults = new Faults();
        if (!AddressNormalForm.TryNormalise(address, out var normal))
        {
            faults.Add("address", "must be an address such as a@b.example");
        }

        if (!TryReason(request.Reason, out var reason))
        {
            faults.Add("reason", "must be complaint, hardBounce, unsubscribe or manual");
        }

        var detail = faults.OptionalText("detail", request.Detail, MaxDetail);
        if (!faults.None)
        {
            return faults.Problem;
        }

        var tenant = Caller.TenantOf(context);
        await suppressions.AddAsync(new(tenant, normal, reason, clock.GetUtcNow(), ByTenant, detail), context.RequestAborted);
        var stored = await suppressions.FindAsync(tenant, normal, context.RequestAborted);
        return stored is null
            ? Problem.Conflict("The suppression was removed by someone else meanwhile.")
            : Answer.Json(SuppressionBody.Of(stored), ApiJson.Default.SuppressionBody);
    }

    private static async Task<IResult> Delete(string address, HttpContext context, ISuppressions suppressions)
    {
        var tenant = Caller.TenantOf(context);
        if (!AddressNormalForm.TryNormalise(address, out var normal) || await suppressions.FindAsync(tenant, normal, context.RequestAborted) is not { } found)
        {
            return Problem.NotFound("The address is not suppressed.");
        }

        if (found.Tenant != tenant)
        {
            return Problem.Conflict("The address is suppressed for all tenants; only the operator can change that.");
        }

        if (found.Reason != SuppressionReason.Manual)
        {
            return Problem.Conflict($"The address is suppressed for {Words(found.Reason)}; only a manual suppression can be removed by the tenant.");
        }

        return await suppressions.RemoveAsync(tenant, normal, SuppressionReason.Manual, context.RequestAborted) ? Results.NoContent() : Problem.NotFound("The address is not suppressed.");
    }

    private static bool TryReason(string? text, out SuppressionReason reason)
    {
        (var known, reason) = text switch
        {
            null or "manual" => (true, SuppressionReason.Manual),
            "complaint" => (true, SuppressionReason.Complaint),
            "hardBounce" => (true, SuppressionReason.HardBounce),
            "unsubscribe" => (true, SuppressionReason.Unsubscribe),
            _ => (false, default),
        };
        return known;
    }

    private static string Words(SuppressionReason reason) => reason switch
    {
        SuppressionReason.Complaint => "a complaint",
        SuppressionReason.HardBounce => "a hard bounce",
        SuppressionReason.Unsubscribe => "an unsubscription",
        SuppressionReason.Manual => "a reason of the tenant's own",
        _ => throw new InvalidOperationException($"no reason {reason}"),
    };
}

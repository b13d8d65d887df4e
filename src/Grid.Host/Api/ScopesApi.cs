using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Ingress;

namespace Grid.Host.Api;

/// <summary>Standings of a tenant's streams and campaigns, for the operator: mail of one that is suspended is refused, and held where it is queued; the tenant's other mail goes.</summary>
public static class ScopesApi
{
    /// <summary>Said where no further stream or campaign can be remembered.</summary>
    internal static readonly string TooMany = $"A tenant has at most {ScopeRules.MaxScopes} streams and campaigns with a standing of their own; set others to active first.";

    private const int MaxReason = 1000;

    public static void MapScopes(this IEndpointRouteBuilder routes)
    {
        var scopes = routes.MapGroup("/v1/tenants/{tenant}/scopes").RequireKey(CallerRole.Operator).WithTags("Tenants");
        scopes.MapGet("", List).Produces<ScopesBody>();
        scopes.MapPost("/{kind}/{name}/state", SetState).Accepts<StateRequest>("application/json").Produces<ScopesBody>();
    }

    /// <summary>Whether a scope isn't known and no further can be.</summary>
    internal static async ValueTask<bool> IsFullAsync(IGrainFactory grains, string tenant, string scope) =>
        await grains.GetGrain<ITenantGrain>(tenant).Find() is { } view && view.Scopes.Count >= ScopeRules.MaxScopes && !view.Scopes.Any(s => s.Scope == scope);

    private static async Task<IResult> List(string tenant, IGrainFactory grains) => await FindAsync(tenant, grains) is { } view ? Show(view) : NoSuch(tenant);

    private static async Task<IResult> SetState(string tenant, string kind, string name, HttpContext context, IGrainFactory grains, TenantDirectory directory)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.StateRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        var scope = $"{kind}/{name}";
        if (!ScopeRules.IsScope(scope))
        {
            faults.Add("scope", "must be stream/bulk, stream/transactional or campaign/NAME");
        }

        if (!StandingNames.TryParse(request.State, out var to) || to is not (Standing.Active or Standing.Suspended))
        {
            faults.Add("state", "must be active or suspended");
        }

        var reason = faults.Text("reason", request.Reason, MaxReason);
        if (!faults.None)
        {
            return faults.Problem;
        }

        if (await FindAsync(tenant, grains) is null)
        {
            return NoSuch(tenant);
        }

        var change = await grains.GetGrain<ITenantGrain>(tenant).SetScope(scope, to, reason);
        directory.Forget(tenant);
        return change.Refused is null ? Show((await FindAsync(tenant, grains))!) : Problem.Conflict(TooMany);
    }

    private static async ValueTask<TenantView?> FindAsync(string tenant, IGrainFactory grains) =>
        SubjectNames.IsTenant(tenant) ? await grains.GetGrain<ITenantGrain>(tenant).Find() : null;

    private static IResult Show(TenantView view) => Answer.Json(new ScopesBody([.. view.Scopes.Select(ScopeBody.Of)]), ApiJson.Default.ScopesBody);

    private static Problem NoSuch(string tenant) => Problem.NotFound($"There is no tenant '{tenant}'.");
}

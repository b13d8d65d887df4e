using Grid.Contracts.Enforcement;
using Grid.Core.Counters;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>
/// Tenants that belong to another, as a reseller's customers do. The operator and the tenant above see them with their counters; the tenant
/// above can suspend one of them, and end only what it imposed itself.
/// </summary>
public static class ChildrenApi
{
    private const int MaxChildren = 1000;
    private const int MaxReason = 1000;

    public static void MapChildren(this IEndpointRouteBuilder routes)
    {
        routes.MapGroup("/v1/tenants/{tenant}/children").RequireKey(CallerRole.Operator).WithTags("Tenants").MapGet("", List).Produces<ChildrenBody>();
        var own = routes.MapGroup("/v1/children").RequireKey(CallerRole.Tenant).WithTags("Tenants");
        own.MapGet("", List).Produces<ChildrenBody>();
        own.MapPost("/{child}/state", SetState).Accepts<StateRequest>("application/json").Produces<ChildBody>();
    }

    /// <summary>A parent is a tenant, not below this one, and has not too many above it.</summary>
    internal static async ValueTask CheckParentAsync(string tenant, string parent, IRegistry registry, IGrainFactory grains, Faults faults, CancellationToken cancellationToken)
    {
        if (await grains.GetGrain<ITenantGrain>(parent).Find() is null)
        {
            faults.Add("parent", "there is no such tenant");
            return;
        }

        var line = await ParentLines.AboveAsync(registry, parent, cancellationToken);
        if (line.Contains(tenant))
        {
            faults.Add("parent", $"belongs to {tenant} itself");
        }
        else if (line.Count > ParentLines.MaxDepth)
        {
            faults.Add("parent", $"has too many above it: at most {ParentLines.MaxDepth} are above each other");
        }
    }

    private static async Task<IResult> List(HttpContext context, IGrainFactory grains, IRegistry registry)
    {
        var parent = context.Request.RouteValues["tenant"] as string ?? Caller.TenantOf(context);
        if (!SubjectNames.IsTenant(parent) || await grains.GetGrain<ITenantGrain>(parent).Find() is null)
        {
            return Problem.NotFound($"There is no tenant '{parent}'.");
        }

        var children = new List<ChildBody>();
        var sum = default(CounterTotals);
        await foreach (var id in ParentLines.ChildrenAsync(registry, parent))
        {
            if (children.Count < MaxChildren && await grains.GetGrain<ITenantGrain>(id).Find() is { } view)
            {
                children.Add(Show(view));
                sum += view.Account.Counters;
            }
        }

        return Answer.Json(new ChildrenBody(parent, CountersBody.Of(sum), RatesBody.Of(sum), children), ApiJson.Default.ChildrenBody);
    }

    private static async Task<IResult> SetState(string child, HttpContext context, IGrainFactory grains, IRegistry registry, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.StateRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        if (!StandingNames.TryParse(request.State, out var to) || to is not (Standing.Active or Standing.Suspended))
        {
            faults.Add("state", "must be active or suspended");
        }

        var reason = faults.Text("reason", request.Reason, MaxReason);
        if (!faults.None)
        {
            return faults.Problem;
        }

        var parent = Caller.TenantOf(context);
        if (!SubjectNames.IsTenant(child) || await ParentLines.FindAsync(registry, parent, child, context.RequestAborted) is null)
        {
            return Problem.NotFound($"'{child}' is none of your tenants.");
        }

        await ParentLines.NoteAsync(registry, parent, child, new(to == Standing.Suspended, reason, clock.GetUtcNow()));
        var grain = grains.GetGrain<ITenantGrain>(child);
        await grain.LookUp();
        return Answer.Json(Show((await grain.Find())!), ApiJson.Default.ChildBody);
    }

    private static ChildBody Show(TenantView view) => new(
        view.Id, view.Spec.Name, view.Account.Standing, new(view.Account.Policy, view.Account.PolicyVersion), CountersBody.Of(view.Account.Counters), RatesBody.Of(view.Account), ParentHoldBody.Of(view.Held));
}

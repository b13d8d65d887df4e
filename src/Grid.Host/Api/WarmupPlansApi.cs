using Grid.Contracts.Enforcement;
using Grid.Core.Admission;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>Warm-up plans, for the operator: the shipped ones and those put here, which go before. A change holds for the IPs on the plan at once.</summary>
public static class WarmupPlansApi
{
    private const int Page = 500;

    public static void MapWarmupPlans(this IEndpointRouteBuilder routes)
    {
        var plans = routes.MapGroup("/v1/warmup-plans").RequireKey(CallerRole.Operator).WithTags("Sending IPs");
        plans.MapGet("", List).Produces<WarmupPlansBody>();
        plans.MapGet("/{plan}", Get).Produces<WarmupPlanBody>();
        plans.MapPut("/{plan}", Put).Accepts<WarmupPlanRequest>("application/json").Produces<WarmupPlanBody>().OnLedger("set-plan", _ => Subject.Setting("warm-up"), "plan");
    }

    private static async Task<IResult> List(HttpContext context, IRegistry registry) => Answer.Json(
        new WarmupPlansBody([.. (await WarmupShelf.ListAsync(registry, context.RequestAborted)).Select(WarmupPlanBody.Of)]), ApiJson.Default.WarmupPlansBody);

    private static async Task<IResult> Get(string plan, HttpContext context, IRegistry registry) =>
        await WarmupShelf.FindAsync(registry, plan, context.RequestAborted) is { } found
            ? Answer.Json(WarmupPlanBody.Of(found), ApiJson.Default.WarmupPlanBody)
            : Problem.NotFound($"There is no warm-up plan '{plan}'.");

    private static async Task<IResult> Put(string plan, HttpContext context, IRegistry registry, IGrainFactory grains)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.WarmupPlanRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        TenantRules.ReadPool(plan, faults, "plan");
        var days = request.Days ?? [];
        var read = new WarmupPlan(plan, [.. days.Take(WarmupPlan.MaxDays + 1).Select(day => new WarmupDay(day?.PerIp ?? 0, day?.PerSite ?? Math.Max(1, (day?.PerIp ?? 0) / 2)))]);
        foreach (var (field, fault) in read.Faults())
        {
            faults.Add(field, fault);
        }

        if (!faults.None)
        {
            return faults.Problem;
        }

        await registry.PutAsync(Registered.WarmupPlan, plan, read, context.RequestAborted);
        await RenewAsync(plan, registry, grains, context.RequestAborted);
        return Answer.Json(WarmupPlanBody.Of(read), ApiJson.Default.WarmupPlanBody);
    }

    private static async Task RenewAsync(string plan, IRegistry registry, IGrainFactory grains, CancellationToken cancellationToken)
    {
        for (var after = ""; ;)
        {
            var page = await registry.ListAsync(Registered.Ip, after, Page, cancellationToken);
            foreach (var (address, json) in page)
            {
                if (Registered.Read<IpSpec>(json) is { Warmup: { } warmup } spec && warmup.Plan == plan)
                {
                    await grains.GetGrain<ISendingIpGrain>(address).Put(spec);
                }
            }

            if (page.Count < Page)
            {
                return;
            }

            after = page[^1].Key;
        }
    }
}

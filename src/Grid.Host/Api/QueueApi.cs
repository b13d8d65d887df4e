using Grid.Core.Ingress;
using Grid.Core.Vocabulary;
using Grid.Grains.Queue;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Queue;

namespace Grid.Host.Api;

/// <summary>The queue, for the operator.</summary>
public static class QueueApi
{
    public static void MapQueue(this IEndpointRouteBuilder routes)
    {
        var queue = routes.MapGroup("/v1/queue").RequireKey(CallerRole.Operator).WithTags("Queue");
        queue.MapGet("", (Delegate)Summary).Produces<QueueBody>();
        Act(queue, "flush", async (control, scope, ct) => await control.FlushAsync(scope.Tenant, scope.Domain, ct));
        Act(queue, "cancel", async (control, scope, ct) => await control.CancelAsync(scope.Tenant, scope.Domain, "operator", ct));
        Act(queue, "pause", async (control, scope, ct) =>
        {
            await control.PauseAsync(scope.Tenant, scope.Domain, ct);
            return null;
        });
        Act(queue, "resume", async (control, scope, ct) =>
        {
            await control.ResumeAsync(scope.Tenant, scope.Domain, ct);
            return null;
        });
    }

    private static async Task<IResult> Summary(HttpContext context)
    {
        var (queue, at) = await context.RequestServices.GetRequiredService<QueueWatch>().ReadAsync(context.RequestAborted);
        return Answer.Json(
            new QueueBody(queue.Total, queue.Ready, queue.Deferred, queue.InFlight, queue.OldestSeconds, Shares(queue.ByDomain), Shares(queue.ByTenant)) { Suspended = queue.Suspended, CountedAt = at }, ApiJson.Default.QueueBody);
    }

    private static IReadOnlyList<QueueShareBody> Shares(IReadOnlyList<QueueShare> shares) =>
        [.. shares.Select(share => new QueueShareBody(share.Name, share.Total, share.Deferred, share.Paused, share.OldestSeconds) { Suspended = share.Suspended })];

    private static void Act(RouteGroupBuilder queue, string action, Func<QueueControl, QueueScopeRequest, CancellationToken, Task<long?>> act) =>
        queue.MapPost("/" + action, async (HttpContext context, QueueControl control, OperatorActs acts) =>
        {
            var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.QueueScopeRequest);
            if (request is null)
            {
                return problem!;
            }

            var faults = new Faults();
            if (request.Tenant is not null && !SubjectNames.IsTenant(request.Tenant))
            {
                faults.Add("tenant", SubjectNames.TenantRule);
            }

            string? domain = null;
            if (request.Domain is not null && !SubjectKeys.TryDomain(request.Domain, out domain))
            {
                faults.Add("domain", SubjectNames.DomainRule);
            }

            if (!faults.None)
            {
                return faults.Problem;
            }

            var touched = await act(control, new(request.Tenant, domain), context.RequestAborted);
            var about = request.Tenant is { } tenant ? Subject.Tenant(tenant) : domain is not null ? Subject.Domain(domain) : Subject.Queue;
            await acts.RecordAsync(context, about, action + "-queue", touched is { } recipients ? [new("recipients", recipients)] : []);
            return Answer.Json(new QueueActBody(action, request.Tenant, domain, touched), ApiJson.Default.QueueActBody);
        }).Accepts<QueueScopeRequest>("application/json").Produces<QueueActBody>();
}

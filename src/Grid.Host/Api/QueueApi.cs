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

    private static async Task<IResult> Summary(HttpContext context, QueueWatch watch, QueueControl control, TimeProvider clock, string? tenant, string? domain)
    {
        var (scope, faults) = Scope(new(tenant, domain));
        if (scope is null)
        {
            return Problem.Malformed(faults.Errors[0]);
        }

        var (queue, at) = scope is { Tenant: null, Domain: null }
            ? await watch.ReadAsync(context.RequestAborted)
            : (await control.PartAsync(scope.Tenant, scope.Domain, context.RequestAborted), clock.GetUtcNow());
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

            var (scope, faults) = Scope(request);
            if (scope is null)
            {
                return faults.Problem;
            }

            var touched = await act(control, scope, context.RequestAborted);
            var about = scope.Tenant is { } tenant ? Subject.Tenant(tenant) : scope.Domain is { } domain ? Subject.Domain(domain) : Subject.Queue;
            await acts.RecordAsync(context, about, action + "-queue", touched is { } recipients ? [new("recipients", recipients)] : []);
            return Answer.Json(new QueueActBody(action, scope.Tenant, scope.Domain, touched), ApiJson.Default.QueueActBody);
        }).Accepts<QueueScopeRequest>("application/json").Produces<QueueActBody>();

    /// <summary>With the domain's name as the queue has it.</summary>
    private static (QueueScopeRequest? Scope, Faults Faults) Scope(QueueScopeRequest asked)
    {
        var faults = new Faults();
        if (asked.Tenant is not null && !SubjectNames.IsTenant(asked.Tenant))
        {
            faults.Add("tenant", SubjectNames.TenantRule);
        }

        string? domain = null;
        if (asked.Domain is not null && !SubjectKeys.TryDomain(asked.Domain, out domain))
        {
            faults.Add("domain", SubjectNames.DomainRule);
        }

        return (faults.None ? new(asked.Tenant, domain) : null, faults);
    }
}

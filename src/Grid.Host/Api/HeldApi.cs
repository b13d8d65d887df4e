using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Queue;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>Mail that a policy holds for review, for the operator: to look at, to let go, to cancel. Each is on the ledger with its reason.</summary>
public static class HeldApi
{
    private const int MaxReason = 1000;

    public static void MapHeld(this IEndpointRouteBuilder routes)
    {
        var held = routes.MapGroup("/v1/held").RequireKey(CallerRole.Operator).WithTags("Queue");
        held.MapGet("", List).Produces<HeldsBody>();
        held.MapGet("/{id}", Get).Produces<HeldBody>();
        held.MapGet("/{id}/content", Content).Produces(200, contentType: "message/rfc822");
        held.MapPost("/{id}/release", Release).Accepts<ReasonRequest>("application/json").Produces<HeldBody>();
        held.MapPost("/{id}/cancel", Cancel).Accepts<ReasonRequest>("application/json").Produces<HeldBody>();
    }

    private static async Task<IResult> List(HttpContext context, HeldMail mail, string? tenant, string? after)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem))
        {
            return problem!;
        }

        var held = await mail.ListAsync(tenant, after ?? "", limit, context.RequestAborted);
        return Answer.Json(new HeldsBody([.. held.Select(HeldBody.Of)], held.Count == limit ? held[^1].Id : null), ApiJson.Default.HeldsBody);
    }

    private static async Task<IResult> Get(string id, HttpContext context, HeldMail mail) =>
        await mail.FindAsync(id, context.RequestAborted) is { } held ? Answer.Json(HeldBody.Of(held), ApiJson.Default.HeldBody) : NoSuch(id);

    private static async Task<IResult> Content(string id, HttpContext context, HeldMail mail, ISpool spool) =>
        await mail.FindAsync(id, context.RequestAborted) is { } held && MessageId.TryParse(held.Id, out var message) && await spool.ReadBodyAsync(message, context.RequestAborted) is { } body
            ? TypedResults.Bytes(body, "message/rfc822")
            : NoSuch(id);

    private static Task<IResult> Release(string id, HttpContext context, HeldMail mail, ILedger ledger, TimeProvider clock) =>
        DecideAsync(id, "release", context, mail, ledger, clock, held => mail.ReleaseAsync(held, CancellationToken.None));

    private static Task<IResult> Cancel(string id, HttpContext context, HeldMail mail, QueueControl queue, ILedger ledger, TimeProvider clock) => DecideAsync(
        id,
        "cancel",
        context,
        mail,
        ledger,
        clock,
        async held =>
        {
            if (MessageId.TryParse(held.Id, out var message))
            {
                await queue.CancelMessageAsync(message, CancellationToken.None);
            }
        });

    private static async Task<IResult> DecideAsync(string id, string what, HttpContext context, HeldMail mail, ILedger ledger, TimeProvider clock, Func<HeldMessage, ValueTask> act)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.ReasonRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        var reason = faults.Text("reason", request.Reason, MaxReason);
        if (!faults.None)
        {
            return faults.Problem;
        }

        if (await mail.FindAsync(id, context.RequestAborted) is not { } held)
        {
            return NoSuch(id);
        }

        await ledger.AppendAsync(
            new()
            {
                Id = $"held-{held.Id}-{what}",
                At = clock.GetUtcNow(),
                Subject = Subject.Tenant(held.Tenant),
                From = Standing.Active,
                To = Standing.Active,
                Action = what + "-held",
                Policy = held.Policy,
                PolicyVersion = held.PolicyVersion,
                Clause = held.Clause,
                By = "operator",
                Reason = reason,
                Kind = DecisionKind.Act,
                Evidence = "message " + held.Id,
            },
            CancellationToken.None);
        await act(held);
        return Answer.Json(HeldBody.Of(held), ApiJson.Default.HeldBody);
    }

    private static Problem NoSuch(string id) => Problem.NotFound($"No message '{id}' is held.");
}

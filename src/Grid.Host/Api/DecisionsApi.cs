using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>The ledger of decisions, for the operator.</summary>
public static class DecisionsApi
{
    public static void MapDecisions(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/decisions").RequireKey(CallerRole.Operator).WithTags("Decisions").MapGet("", List).Produces<DecisionsBody>();

    private static async Task<IResult> List(HttpContext context, ILedger ledger, string? subject, string? before)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem))
        {
            return problem!;
        }

        Subject? about = null;
        if (subject is not null)
        {
            if (!Subject.TryParse(subject, out var parsed))
            {
                return Problem.Malformed(new("subject", "must be tenant/ID, ip/ADDRESS, domain/NAME or site/NAME"));
            }

            about = parsed;
        }

        return Answer.Json(await PageAsync(ledger, about, before, limit, context.RequestAborted), ApiJson.Default.DecisionsBody);
    }

    private static async ValueTask<DecisionsBody> PageAsync(ILedger ledger, Subject? about, string? before, int limit, CancellationToken cancellationToken)
    {
        var decisions = await ledger.ReadAsync(about, before, limit, cancellationToken);
        return new([.. decisions.Select(decision => DecisionBody.Of(decision)!)], decisions.Count == limit ? decisions[^1].Id : null);
    }
}

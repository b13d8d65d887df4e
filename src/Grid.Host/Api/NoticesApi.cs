using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>What the grid has told a tenant: each transition of its standing with clause, figures, limit, what cures it and until when. They are the ledger's, and so never lost.</summary>
public static class NoticesApi
{
    public static void MapNotices(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/notices").RequireKey(CallerRole.Tenant).WithTags("Reputation").MapGet("", List).Produces<NoticesBody>();

    private static async Task<IResult> List(HttpContext context, ILedger ledger, string? before)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem))
        {
            return problem!;
        }

        var decisions = await ledger.ReadAsync(Subject.Tenant(Caller.TenantOf(context)), before, limit, context.RequestAborted);
        return Answer.Json(
            new NoticesBody([.. decisions.Where(d => d.Kind == DecisionKind.Transition).Select(NoticeBody.Of)], decisions.Count == limit ? decisions[^1].Id : null), ApiJson.Default.NoticesBody);
    }
}

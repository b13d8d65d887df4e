using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Enforcement;
using Grid.Host.Ingress;

namespace Grid.Host.Api;

/// <summary>What the grid has told a tenant: each transition of its standing with clause, figures, limit, what cures it and until when. They are the ledger's, and so never lost.</summary>
public static class NoticesApi
{
    public static void MapNotices(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/notices").RequireKey(CallerRole.Tenant).WithTags("Reputation").MapGet("", List).Produces<NoticesBody>();

    private static async Task<IResult> List(HttpContext context, ILedger ledger, TenantDirectory directory, PolicyGate gate, NoticeText texts, IWebhooks webhooks, string? before)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem))
        {
            return problem!;
        }

        var tenant = Caller.TenantOf(context);
        var help = await directory.FindAsync(tenant) is { } spec ? texts.Help(await gate.PolicyOfAsync(tenant, spec)) : "";
        var decisions = await ledger.ReadAsync(Subject.Tenant(tenant), before, limit, context.RequestAborted);
        return Answer.Json(
            new NoticesBody([.. decisions.Where(d => d.Kind == DecisionKind.Transition).Select(d => NoticeBody.Of(d, help))], decisions.Count == limit ? decisions[^1].Id : null)
            {
                Webhooks = [.. (await webhooks.ListAsync(tenant, context.RequestAborted)).Select(WebhookNoticeBody.Of).OfType<WebhookNoticeBody>()],
            },
            ApiJson.Default.NoticesBody);
    }
}

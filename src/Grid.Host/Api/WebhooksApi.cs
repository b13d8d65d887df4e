using System.Text.RegularExpressions;
using Grid.Core.Outcomes;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Ingress;
using Grid.Host.Options;
using Grid.Host.Webhooks;

namespace Grid.Host.Api;

/// <summary>Where a tenant wants its outcomes sent.</summary>
public static partial class WebhooksApi
{
    /// <summary>Most webhooks of one tenant.</summary>
    public const int MaxWebhooks = 10;

    private static readonly TimeSpan OldSecretHolds = TimeSpan.FromDays(1);

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/v1/webhooks").RequireKey(CallerRole.Tenant).WithTags("Webhooks");
        webhooks.MapGet("", List).Produces<WebhooksBody>();
        webhooks.MapPut("/{name}", Put).Accepts<WebhookRequest>("application/json").Produces<WebhookBody>().Produces<WebhookBody>(201);
        webhooks.MapGet("/{name}", Get).Produces<WebhookBody>();
        webhooks.MapDelete("/{name}", Delete).Produces(204);
        webhooks.MapPost("/{name}/pause", Pause).Accepts<EmptyRequest>("application/json").Produces<WebhookBody>();
        webhooks.MapPost("/{name}/resume", Resume).Accepts<EmptyRequest>("application/json").Produces<WebhookBody>();
        webhooks.MapPost("/{name}/replay", Replay).Accepts<WebhookReplayRequest>("application/json").Produces<WebhookBody>(202);
        webhooks.MapPost("/{name}/secret", Renew).Accepts<EmptyRequest>("application/json").Produces<WebhookBody>(201);
        routes.MapGroup("/v1/tenants/{tenant}/webhooks").RequireKey(CallerRole.Operator).WithTags("Webhooks").MapGet("", ListOf).Produces<WebhooksBody>()
            .AddEndpointFilter(TenantFilter.One);
    }

    private static Task<IResult> List(HttpContext context, IWebhooks webhooks, TimeProvider clock) => ListOf(Caller.TenantOf(context), webhooks, clock, context.RequestAborted);

    private static async Task<IResult> ListOf(string tenant, IWebhooks webhooks, TimeProvider clock, CancellationToken cancellationToken)
    {
        var bodies = new List<WebhookBody>();
        foreach (var webhook in await webhooks.ListAsync(tenant, cancellationToken))
        {
            bodies.Add(WebhookBody.Of(webhook, await webhooks.ReadProgressAsync(tenant, webhook.Name, cancellationToken), clock.GetUtcNow()));
        }

        return Answer.Json(new WebhooksBody(bodies), ApiJson.Default.WebhooksBody);
    }

    private static async Task<IResult> Get(string name, HttpContext context, IWebhooks webhooks, TimeProvider clock)
    {
        var tenant = Caller.TenantOf(context);
        return await webhooks.FindAsync(tenant, name, context.RequestAborted) is { } webhook
            ? Show(webhook, await webhooks.ReadProgressAsync(tenant, name, context.RequestAborted), clock)
            : NoSuch(name);
    }

    private static async Task<IResult> Put(
        string name, HttpContext context, IWebhooks webhooks, IOutcomeLog log, WebhookDispatch dispatch, GridOptions options, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.WebhookRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        if (!Name().IsMatch(name))
        {
            faults.Add("name", "must be 1 to 64 of a-z, 0-9, hyphen and underscore, beginning with a letter or digit");
        }

        var (url, fault) = WebhookUrl.Read(request.Url, options.Webhooks);
        if (fault is not null)
        {
            faults.Add("url", "must " + fault);
        }

        var events = ReadEvents(request.Events, faults);
        var format = ReadFormat(request.Format, faults);
        if (!faults.None)
        {
            return faults.Problem;
        }

        var tenant = Caller.TenantOf(context);
        return await dispatch.ChangeAsync(
            tenant,
            name,
            async progress =>
            {
                var there = await webhooks.FindAsync(tenant, name);
                if (there is not null && there.Format != format && request.Format is not null)
                {
                    return Problem.Conflict("A webhook's format is fixed, as its receiver checks the signature; delete it, and set it up anew.");
                }

                if (there is null && (await webhooks.ListAsync(tenant)).Count >= MaxWebhooks)
                {
                    return Problem.Conflict($"A tenant has at most {MaxWebhooks} webhooks; delete one first.");
                }

                var now = clock.GetUtcNow();
                var webhook = there is null
                    ? new Webhook(tenant, name, url!.AbsoluteUri, events, format, WebhookSecrets.Make(format), now)
                    : there with { Url = url!.AbsoluteUri, Events = events };
                await webhooks.PutAsync(webhook);
                progress ??= new(tenant, name, log.LastPosition);

                // Whoever mends the URL wants to see it work now, not in six hours.
                progress = there is null || there.Url == webhook.Url ? progress : WebhookRetry.Resumed(progress);
                await webhooks.WriteProgressAsync(progress);
                return Show(webhook, progress, clock, there is null ? 201 : 200, showSecret: there is null);
            },
            context.RequestAborted);
    }

    private static async Task<IResult> Delete(string name, HttpContext context, IWebhooks webhooks, WebhookDispatch dispatch)
    {
        var tenant = Caller.TenantOf(context);
        return await dispatch.ChangeAsync(tenant, name, _ => webhooks.RemoveAsync(tenant, name), context.RequestAborted) ? Results.NoContent() : NoSuch(name);
    }

    private static Task<IResult> Pause(string name, HttpContext context, IWebhooks webhooks, WebhookDispatch dispatch, TimeProvider clock) =>
        ChangeAsync(name, context, webhooks, dispatch, clock, (webhook, progress) =>
            new((webhook.PausedAt is not null ? webhook : webhook with { PausedAt = clock.GetUtcNow(), PauseReason = WebhookNoticeBody.ByTenant }, progress)));

    private static Task<IResult> Resume(string name, HttpContext context, IWebhooks webhooks, WebhookDispatch dispatch, TimeProvider clock) =>
        ChangeAsync(name, context, webhooks, dispatch, clock, (webhook, progress) =>
            new((webhook with { PausedAt = null, PauseReason = null }, progress is null ? null : WebhookRetry.Resumed(progress))));

    private static async Task<IResult> Replay(string name, HttpContext context, IWebhooks webhooks, IOutcomeLookUp lookUp, WebhookDispatch dispatch, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.WebhookReplayRequest);
        if (request is null)
        {
            return problem!;
        }

        if (!Instants.TryParse(request.From, out var from))
        {
            return Problem.Invalid("from", Instants.Rule);
        }

        var position = await lookUp.PositionBeforeAsync(from, context.RequestAborted);
        return await ChangeAsync(
            name, context, webhooks, dispatch, clock, (webhook, progress) => new((webhook, WebhookRetry.Replayed(progress ?? new(webhook.Tenant, name, position), position))), 202);
    }

    private static Task<IResult> Renew(string name, HttpContext context, IWebhooks webhooks, WebhookDispatch dispatch, TimeProvider clock) =>
        ChangeAsync(
            name,
            context,
            webhooks,
            dispatch,
            clock,
            (webhook, progress) => new((
                webhook with
                {
                    Secret = WebhookSecrets.Make(webhook.Format),
                    OldSecret = webhook.Format == WebhookFormat.Standard ? webhook.Secret : null,
                    OldSecretUntil = webhook.Format == WebhookFormat.Standard ? clock.GetUtcNow() + OldSecretHolds : null,
                },
                progress)),
            201,
            showSecret: true);

    private static async Task<IResult> ChangeAsync(
        string name, HttpContext context, IWebhooks webhooks, WebhookDispatch dispatch, TimeProvider clock,
        Func<Webhook, WebhookProgress?, ValueTask<(Webhook Webhook, WebhookProgress? Progress)>> change, int status = 200, bool showSecret = false)
    {
        var tenant = Caller.TenantOf(context);
        return await dispatch.ChangeAsync(
            tenant,
            name,
            async progress =>
            {
                if (await webhooks.FindAsync(tenant, name) is not { } webhook)
                {
                    return NoSuch(name);
                }

                var changed = await change(webhook, progress);
                await webhooks.PutAsync(changed.Webhook);
                if (changed.Progress is { } moved)
                {
                    await webhooks.WriteProgressAsync(moved);
                }

                return Show(await webhooks.FindAsync(tenant, name) ?? changed.Webhook, changed.Progress, clock, status, showSecret);
            },
            context.RequestAborted);
    }

    private static OutcomeSet ReadEvents(IReadOnlyList<string?>? given, Faults faults)
    {
        if (given is not { Count: > 0 })
        {
            return OutcomeSet.All.WithNotices();
        }

        var kinds = OutcomeSet.All.Kinds.ToDictionary(kind => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..], StringComparer.Ordinal);
        var events = new List<OutcomeKind>();
        var notices = false;
        for (var i = 0; i < given.Count; i++)
        {
            if (given[i] is { } name && kinds.TryGetValue(name, out var kind))
            {
                events.Add(kind);
            }
            else if (given[i] == WebhookBody.Notice)
            {
                notices = true;
            }
            else
            {
                faults.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"events[{i}]"), "must be one of " + string.Join(", ", kinds.Keys.Append(WebhookBody.Notice)));
            }
        }

        return notices ? OutcomeSet.Of(events).WithNotices() : OutcomeSet.Of(events);
    }

    private static WebhookFormat ReadFormat(string? text, Faults faults)
    {
        if (text is not (null or "standard" or "sendgrid"))
        {
            faults.Add("format", "must be standard or sendgrid");
        }

        return text == "sendgrid" ? WebhookFormat.SendGrid : WebhookFormat.Standard;
    }

    private static IResult Show(Webhook webhook, WebhookProgress? progress, TimeProvider clock, int status = 200, bool showSecret = false) =>
        Answer.Json(WebhookBody.Of(webhook, progress, clock.GetUtcNow(), showSecret), ApiJson.Default.WebhookBody, status);

    private static Problem NoSuch(string name) => Problem.NotFound($"There is no webhook '{name}'.");

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,63}$")]
    private static partial Regex Name();
}

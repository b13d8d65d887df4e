using System.Text.Json;
using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Feedback;
using Grid.Host.Ingress;

namespace Grid.Host.Api;

/// <summary>
/// How recipients agreed: a tenant's own records, and for the operator those of any tenant. In: records one by one or as a stream, revocations, erasures.
/// Out: pages, exports, evidence for a complaint. Guarantees: messages are judged by what was answered here; an erasure forgets records and
/// confirmations, never that the address is not to be mailed.
/// </summary>
public static class ConsentsApi
{
    private const int MaxText = 500;
    private const int MaxWord = 100;
    private const string Csv = "text/csv";
    private const string Ndjson = "application/x-ndjson";

    public static void MapConsents(this IEndpointRouteBuilder routes)
    {
        Map(routes.MapGroup("/v1/consents").RequireKey(CallerRole.Tenant).WithTags("Consent"));
        Map(routes.MapGroup("/v1/tenants/{tenant}/consents").RequireKey(CallerRole.Operator).WithTags("Consent").AddEndpointFilter(TenantFilter.One));
    }

    private static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", List).Produces<ConsentsBody>();
        group.MapGet("/{address}", Get).Produces<ConsentsBody>();
        group.MapPut("/{address}", Put).Accepts<ConsentLine>("application/json").Produces<ConsentRecordBody>().OnLedger("record-consent", Whose);
        group.MapDelete("/{address}", Erase).Produces(204).OnLedger("erase-consent", Whose);
        group.MapPost("/{address}/revoke", Revoke).Accepts<ConsentRevocation>("application/json").Produces<ConsentsBody>().OnLedger("revoke-consent", Whose);
        group.MapPost("/{address}/confirmation", Ask).Accepts<ConfirmationRequest>("application/json").Produces<ConfirmationBody>(202).OnLedger("ask-consent", Whose);
        group.MapPost("/import", Import).Accepts<ConsentLine>(Ndjson, Csv).Produces<SuppressionImportBody>().OnLedger("import-consents", Whose);
        group.MapGet("/export", Export).Produces<string>(200, Ndjson);
        group.MapGet("/lists", Lists).Produces<ConsentListsBody>();
        group.MapGet("/evidence/{message}", Evidence).Produces<ConsentEvidenceBody>();

        static Subject? Whose(RouteValueDictionary values) => ActFilterExtensions.TenantOr(values, null);
    }

    private static async Task<IResult> List(HttpContext context, IConsents consents, string? after)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem))
        {
            return problem!;
        }

        var page = await consents.ListAsync(TenantOf(context), after ?? "", limit, context.RequestAborted);
        return Show(page, page.Count >= limit ? page[^1].Address : null);
    }

    private static async Task<IResult> Get(string address, HttpContext context, IConsents consents) =>
        AddressNormalForm.TryNormalise(address, out var normal) && await consents.FindAsync(TenantOf(context), [normal], context.RequestAborted) is { Count: > 0 } found
            ? Show(found, null)
            : NoRecord();

    private static async Task<IResult> Put(string address, HttpContext context, IConsents consents, ConsentBook book, TimeProvider clock)
    {
        var (line, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.ConsentLine);
        if (line is null)
        {
            return problem!;
        }

        var faults = new Faults();
        var tenant = TenantOf(context);
        if (ConsentFields.Read(tenant, ByOf(context), line with { Address = address }, clock.GetUtcNow(), faults) is not { } record)
        {
            return faults.Problem;
        }

        if (await consents.PutAllAsync([record], context.RequestAborted) > 0)
        {
            return Problem.Conflict($"An address has at most {IConsents.MaxTopics} topics.");
        }

        book.Forget(tenant, record.Address);
        var stored = (await consents.FindAsync(tenant, [record.Address], context.RequestAborted)).FirstOrDefault(r => r.Topic == record.Topic);
        return stored is null ? Problem.Conflict("The record was erased by someone else meanwhile.") : Answer.Json(ConsentRecordBody.Of(stored), ApiJson.Default.ConsentRecordBody);
    }

    private static async Task<IResult> Erase(string address, HttpContext context, IConsents consents, ISuppressions suppressions, ConsentBook book, TimeProvider clock)
    {
        var tenant = TenantOf(context);
        if (!AddressNormalForm.TryNormalise(address, out var normal) || await consents.FindAsync(tenant, [normal], context.RequestAborted) is not { Count: > 0 } found)
        {
            return NoRecord();
        }

        // What is forgotten can't be heeded: where consent was taken back, the suppression says so from now on.
        if (found.FirstOrDefault(r => r.RevokedAt is not null) is { } revoked)
        {
            await suppressions.AddAsync(
                new(tenant, normal, SuppressionReason.Unsubscribe, revoked.RevokedAt!.Value, revoked.RevokedBy ?? "tenant", "consent was taken back") { Scope = SuppressionScope.Bulk }, context.RequestAborted);
        }

        await consents.EraseAsync(tenant, normal, context.RequestAborted);
        book.Forget(tenant, normal);
        return Results.NoContent();
    }

    private static async Task<IResult> Revoke(string address, HttpContext context, IConsents consents, ConsentBook book, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.ConsentRevocation);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        var now = clock.GetUtcNow();
        var at = now;
        if (request.At is not null && (!Instants.TryParse(request.At, out at) || at > now))
        {
            faults.Add("at", Instants.Rule + ", and not in the future");
        }

        var topic = faults.OptionalText("topic", request.Topic, MaxWord);
        if (!faults.None)
        {
            return faults.Problem;
        }

        var tenant = TenantOf(context);
        if (!AddressNormalForm.TryNormalise(address, out var normal) || await consents.FindAsync(tenant, [normal], context.RequestAborted) is not { Count: > 0 })
        {
            return NoRecord();
        }

        await consents.RevokeAsync(tenant, normal, topic, at, ByOf(context), context.RequestAborted);
        book.Forget(tenant, normal);
        return Show(await consents.FindAsync(tenant, [normal], context.RequestAborted), null);
    }

    private static async Task<IResult> Ask(string address, HttpContext context, ConfirmationDesk desk, TenantDirectory tenants)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.ConfirmationRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        if (!AddressNormalForm.TryNormalise(address, out var normal))
        {
            faults.Add("address", "must be an address such as a@b.example");
        }

        var tenant = TenantOf(context);
        var asked = new Confirmation(
            "", tenant, normal, faults.OptionalText("topic", request.Topic, MaxWord) ?? "", address, faults.OptionalText("list", request.List, MaxWord) ?? "",
            faults.OptionalText("source", request.Source, MaxText), faults.OptionalText("notice", request.Notice, MaxText), default, default, 0, default, default, null);
        var from = faults.Text("from", request.From, MaxText);
        if (!faults.None)
        {
            return faults.Problem;
        }

        if (await tenants.FindAsync(tenant) is not { } spec)
        {
            return Problem.NotFound($"There is no tenant '{tenant}'.");
        }

        return await desk.AskAsync(spec, from, asked, context.RequestAborted) switch
        {
            ConfirmationAnswer.Sent { Asked: var sent } => Answer.Json(
                new ConfirmationBody(sent.Address, sent.Topic.Length == 0 ? null : sent.Topic, sent.Message.ToString(), sent.Sent, sent.ExpiresAt), ApiJson.Default.ConfirmationBody, 202),
            ConfirmationAnswer.Suppressed suppressed => Problem.Conflict($"The address is not mailed: {suppressed.Reason.ToString().ToLowerInvariant()}."),
            ConfirmationAnswer.TooOften often => Problem.Throttled($"At most {ConfirmationDesk.MaxMails} confirmation mails go to an address, 10 minutes apart.", often.RetryAfter),
            ConfirmationAnswer.NotTaken refused => IntakeAnswer.Problem(refused.Result),
            ConfirmationAnswer.Faulty faulty => Problem.Invalid(faulty.Errors),
            var other => throw new InvalidOperationException($"no answer {other.GetType().Name}"),
        };
    }

    private static async Task<IResult> Import(HttpContext context, IConsents consents, ConsentBook book, TimeProvider clock)
    {
        var type = context.Request.ContentType?.Split(';')[0].Trim();
        if (type is not (Csv or Ndjson))
        {
            return Problem.WrongType($"{Csv} or {Ndjson}");
        }

        var import = new ConsentImport(TenantOf(context), ByOf(context), consents, book, clock);
        return Answer.Json(await import.RunAsync(context.Request.BodyReader, type == Csv, context.RequestAborted), ApiJson.Default.SuppressionImportBody);
    }

    private static IResult Export(HttpContext context, IConsents consents) => new ConsentExport(TenantOf(context), consents);

    private static async Task<IResult> Lists(HttpContext context, IConsents consents) =>
        Answer.Json(new ConsentListsBody(await consents.ListsAsync(TenantOf(context), context.RequestAborted)), ApiJson.Default.ConsentListsBody);

    private static async Task<IResult> Evidence(string message, HttpContext context, ISpool spool, IConsents consents, ISuppressions suppressions)
    {
        var tenant = TenantOf(context);
        if (!MessageId.TryParse(message, out var id) || await spool.FindAsync(id, context.RequestAborted) is not { } stored || stored.Tenant != tenant)
        {
            return Problem.NotFound($"There is no message '{message}'.");
        }

        var recipients = new List<ConsentEvidenceRecipient>();
        foreach (var group in stored.Live.Select(e => (e.Address, Record: (OutcomeRecord?)null)).Concat(stored.History.Select(r => (r.Address, Record: (OutcomeRecord?)r))).GroupBy(x => x.Address, StringComparer.Ordinal))
        {
            var isAddress = AddressNormalForm.TryNormalise(group.Key, out var normal);
            var records = isAddress ? await consents.FindAsync(tenant, [normal], context.RequestAborted) : [];
            var suppression = isAddress ? await suppressions.FindAsync(tenant, normal, context.RequestAborted) : null;
            recipients.Add(new(
                group.Key, group.FirstOrDefault(x => x.Record?.Kind == OutcomeKind.Complained).Record?.At, [.. records.Select(ConsentRecordBody.Of)], suppression is null ? null : SuppressionBody.Of(suppression)));
        }

        var details = stored.Details is { } json ? JsonSerializer.Deserialize(json, ApiJson.Default.MessageDetails) : null;
        return Answer.Json(
            new ConsentEvidenceBody(message, tenant, stored.AcceptedAt, stored.Campaign, details?.Purpose, details?.Topic, details?.Consent, recipients), ApiJson.Default.ConsentEvidenceBody);
    }

    private static IResult Show(IReadOnlyList<ConsentRecord> records, string? next) =>
        Answer.Json(new ConsentsBody([.. records.Select(ConsentRecordBody.Of)], next), ApiJson.Default.ConsentsBody);

    private static Problem NoRecord() => Problem.NotFound("Nothing is on record of that address.");

    /// <summary>The tenant of the key, or the one that the operator names.</summary>
    private static string TenantOf(HttpContext context) => context.Request.RouteValues["tenant"] as string ?? Caller.TenantOf(context);

    private static string ByOf(HttpContext context) => context.Features.Get<Caller>() is { Role: CallerRole.Operator } ? "operator" : "tenant";
}

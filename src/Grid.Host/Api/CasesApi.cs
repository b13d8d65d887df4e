using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Enforcement;

namespace Grid.Host.Api;

/// <summary>Cases, for the operator: what is to be looked into, with its evidence, closed by a verdict only.</summary>
public static class CasesApi
{
    private const string By = "operator";
    private const int MaxWords = 4000;
    private const int ShownDecisions = 50;
    private const decimal MaxAmount = 1_000_000_000;
    private static readonly string[] Kinds = ["note", "message", "owner", "hold", "release", "cost"];
    private static readonly string[] Ends = ["no-action", "unfounded", "resolved"];

    public static void MapCases(this IEndpointRouteBuilder routes)
    {
        var cases = routes.MapGroup("/v1/cases").RequireKey(CallerRole.Operator).WithTags("Cases");
        cases.MapGet("", List).Produces<CasesBody>();
        cases.MapPost("", Open).Accepts<CaseRequest>("application/json").Produces<CaseBody>(201);
        cases.MapGet("/{id}", Get).Produces<CaseBundleBody>();
        cases.MapPost("/{id}/notes", Note).Accepts<CaseNoteRequest>("application/json").Produces<CaseBody>();
        cases.MapGet("/{id}/messages/{message}", Message).Produces(200, contentType: "message/rfc822");
        cases.MapGet("/{id}/export", Export).Produces(200, contentType: "application/zip");
        cases.MapPost("/{id}/verdict", Close).Accepts<VerdictRequest>("application/json").Produces<CaseBody>();
    }

    private static async Task<IResult> List(HttpContext context, ICases cases, TimeProvider clock, string? state, string? subject, bool? overdue, string? after)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem))
        {
            return problem!;
        }

        if (state is not (null or "open" or "closed"))
        {
            return Problem.Malformed(new("state", "must be open or closed"));
        }

        Subject? about = null;
        if (subject is not null)
        {
            if (!Subject.TryParse(subject, out var parsed))
            {
                return Problem.Malformed(new("subject", "must be tenant/ID, ip/ADDRESS or domain/NAME"));
            }

            about = parsed;
        }

        var now = clock.GetUtcNow();
        var page = await cases.ListAsync(new(about, state is null ? null : state == "open", overdue, now), after ?? "", limit, context.RequestAborted);
        var files = page.Select(entry => Registered.Read<CaseFile>(entry.Value)).OrderBy(file => file.OpenedAt);
        return Answer.Json(new CasesBody([.. files.Select(file => CaseBody.Of(file, now, whole: false))], page.Count == limit ? page[^1].Key : null), ApiJson.Default.CasesBody);
    }

    private static async Task<IResult> Open(HttpContext context, IGrainFactory grains, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.CaseRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        var subject = FindingsApi.SubjectOf(request.Subject, faults);
        var words = faults.Text("words", request.Words, MaxWords);
        if (!faults.None)
        {
            return faults.Problem;
        }

        var now = clock.GetUtcNow();
        var file = await grains.GetGrain<ICaseGrain>($"{now.UtcTicks:x16}-{Guid.NewGuid():N}"[..29]).Open(new(subject, CaseKind.Operator, words, null, now));
        return Answer.Json(CaseBody.Of(file, now, whole: true), ApiJson.Default.CaseBody, 201);
    }

    private static async Task<IResult> Get(string id, HttpContext context, IGrainFactory grains, ILedger ledger, CaseEvidence evidence, TimeProvider clock)
    {
        if (await FindAsync(id, grains) is not { } file)
        {
            return NoSuch(id);
        }

        var decisions = await ledger.ReadAsync(file.Subject, null, ShownDecisions, context.RequestAborted);
        var view = await grains.Account(file.Subject).View();
        var (complaints, messages) = await evidence.GatherAsync(file, decisions, context.RequestAborted);
        return Answer.Json(
            new CaseBundleBody(
                CaseBody.Of(file, clock.GetUtcNow(), whole: true), view.Standing, CountersBody.Of(view.Counters), RatesBody.Of(view), view.Window,
                [.. decisions.Select(d => DecisionBody.Of(d)!)])
            {
                Complaints = complaints,
                Messages = messages,
            },
            ApiJson.Default.CaseBundleBody);
    }

    private static async Task<IResult> Note(string id, HttpContext context, IGrainFactory grains, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.CaseNoteRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        if (!Kinds.Contains(request.Kind ?? "note"))
        {
            faults.Add("kind", $"must be one of {string.Join(", ", Kinds)}");
        }

        var words = faults.Text("words", request.Words, MaxWords);
        var isCost = request.Kind == "cost";
        if (isCost ? request is not { Amount: >= 0 and <= MaxAmount, Currency: { Length: 3 } currency } || decimal.Round(request.Amount.Value, 2) != request.Amount || !currency.All(char.IsAsciiLetterUpper)
            : request.Amount is not null || request.Currency is not null || request.Tenant is not null)
        {
            faults.Add("amount", isCost ? "a cost needs an amount of 0 to 1,000,000,000 with at most two decimals, and a currency such as EUR" : "only a cost has an amount, a currency, a tenant");
        }

        if (request.Tenant is { } tenant && !SubjectNames.IsTenant(tenant))
        {
            faults.Add("tenant", SubjectNames.TenantRule);
        }

        if (!faults.None)
        {
            return faults.Problem;
        }

        return await FindAsync(id, grains) is null
            ? NoSuch(id)
            : Show(await grains.GetGrain<ICaseGrain>(id).Add(new(clock.GetUtcNow(), request.Kind ?? "note", By, words) { Amount = request.Amount, Currency = request.Currency, Tenant = request.Tenant }), clock);
    }

    /// <summary>A message of the case's tenant, whole, for review; who looked is in the case's file.</summary>
    private static async Task<IResult> Message(string id, string message, HttpContext context, IGrainFactory grains, CaseEvidence evidence, TimeProvider clock)
    {
        if (await FindAsync(id, grains) is not { } file)
        {
            return NoSuch(id);
        }

        if (await evidence.FindAsync(file, message, context.RequestAborted) is not { } stored)
        {
            return Problem.NotFound($"There is no message '{message}' of the case's tenant.");
        }

        if (await evidence.BodyAsync(stored, context.RequestAborted) is not { } body)
        {
            return Problem.NotFound("The message is finished, and its content no longer kept; Grid:Storage:KeepBodiesHours says how long it is, and a legal hold keeps it.");
        }

        var answer = await grains.GetGrain<ICaseGrain>(id).Add(new(clock.GetUtcNow(), "look", By, $"message {message} was looked at"));
        return answer.Refused is { } words ? Problem.Conflict(words) : TypedResults.Bytes(body, "message/rfc822");
    }

    /// <summary>The case as one file.</summary>
    private static async Task<IResult> Export(string id, HttpContext context, IGrainFactory grains, CaseExport export) =>
        await FindAsync(id, grains) is { } file
            ? TypedResults.File(await export.WriteAsync(file, context.RequestAborted), "application/zip", $"case-{id}.zip")
            : NoSuch(id);

    /// <summary>A verdict of the catalogue is reported to the subject before the case is closed; its id is the case's, so that it counts once.</summary>
    private static async Task<IResult> Close(string id, HttpContext context, IGrainFactory grains, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.VerdictRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        var isVerdict = request.Verdict is { } name && Signals.Find(name)?.Kind == SignalKind.Verdict;
        if (!isVerdict && !Ends.Contains(request.Verdict))
        {
            faults.Add("verdict", $"must be a verdict of the catalogue, such as verdict.spam, or one of {string.Join(", ", Ends)}");
        }

        var reason = faults.Text("reason", request.Reason, MaxWords);
        if (!faults.None)
        {
            return faults.Problem;
        }

        if (await FindAsync(id, grains) is not { } file)
        {
            return NoSuch(id);
        }

        if (isVerdict && file is { ClosedAt: null, LegalHold: false })
        {
            await grains.Account(file.Subject).Report(new("case-" + id, request.Verdict!, clock.GetUtcNow(), By, reason, null, null, id));
        }

        return Show(await grains.GetGrain<ICaseGrain>(id).Close(request.Verdict!, By, reason), clock);
    }

    private static async ValueTask<CaseFile?> FindAsync(string id, IGrainFactory grains) => id.Length is > 0 and <= 128 ? await grains.GetGrain<ICaseGrain>(id).Find() : null;

    private static IResult Show(CaseAnswer answer, TimeProvider clock) =>
        answer.Refused is { } words ? Problem.Conflict(words) : Answer.Json(CaseBody.Of(answer.File!, clock.GetUtcNow(), whole: true), ApiJson.Default.CaseBody);

    private static Problem NoSuch(string id) => Problem.NotFound($"There is no case '{id}'.");
}

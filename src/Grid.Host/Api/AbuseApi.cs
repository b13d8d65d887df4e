using System.Globalization;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>The abuse desk: what people report, and reports over SMTP that were not believed. Nothing follows from a case by itself.</summary>
public static class AbuseApi
{
    private static readonly string[] Verdicts = ["spam", "phishing", "malware", "notAbuse", "notOurs", "duplicate"];

    public static void MapAbuse(this IEndpointRouteBuilder routes)
    {
        var cases = routes.MapGroup("/v1/abuse").RequireKey(CallerRole.Operator).WithTags("Abuse");
        cases.MapGet("", List).Produces<AbuseCasesBody>();
        cases.MapGet("/{id}", Get).Produces<AbuseCaseBody>();
        cases.MapPost("/{id}", Decide).Accepts<AbuseVerdictRequest>("application/json").Produces<AbuseCaseBody>().OnLedger("decide", _ => Subject.Setting("abuse-desk"), "id");
    }

    private static async Task<IResult> List(HttpContext context, IAbuseReports reports, string? after, string? source, string? tenant, bool? open)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem))
        {
            return problem!;
        }

        var before = long.MaxValue;
        if (after is not null && !TryNumber(after, out before))
        {
            return Problem.Malformed(new("after", "must be the next of an earlier page"));
        }

        var wanted = (AbuseSource?)null;
        if (source is not null)
        {
            if (!Enum.TryParse<AbuseSource>(source, ignoreCase: true, out var known) || char.IsAsciiDigit(source[0]))
            {
                return Problem.Malformed(new("source", "must be form, letter, feedback, help or complaint"));
            }

            wanted = known;
        }

        var page = await reports.ListAsync(before, limit, wanted, tenant, open ?? false, context.RequestAborted);
        return Answer.Json(
            new AbuseCasesBody([.. page.Select(AbuseCaseBody.Of)], page.Count == limit ? page[^1].Number.ToString(CultureInfo.InvariantCulture) : null),
            ApiJson.Default.AbuseCasesBody);
    }

    private static async Task<IResult> Get(string id, HttpContext context, IAbuseReports reports) =>
        TryNumber(id, out var number) && await reports.FindAsync(number, context.RequestAborted) is { } found
            ? Answer.Json(AbuseCaseBody.Of(found), ApiJson.Default.AbuseCaseBody)
            : NoSuch(id);

    private static async Task<IResult> Decide(string id, HttpContext context, IAbuseReports reports, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.AbuseVerdictRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        if (!Verdicts.Contains(request.Verdict))
        {
            faults.Add("verdict", "must be one of " + string.Join(", ", Verdicts));
        }

        var action = faults.OptionalText("action", request.Action, AbuseReport.MaxTextLength);
        if (!faults.None)
        {
            return faults.Problem;
        }

        return TryNumber(id, out var number) && await reports.DecideAsync(number, request.Verdict!, action, clock.GetUtcNow(), context.RequestAborted)
            ? await Get(id, context, reports)
            : NoSuch(id);
    }

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static Problem NoSuch(string id) => Problem.NotFound($"There is no case '{id}'.");
}

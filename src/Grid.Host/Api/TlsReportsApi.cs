using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Feedback.TlsReports;
using Grid.Host.Options;

namespace Grid.Host.Api;

/// <summary>Reports to domains about the TLS of their mail hosts, for the operator: what was sent, and one on demand.</summary>
public static class TlsReportsApi
{
    public static void MapTlsReports(this IEndpointRouteBuilder routes)
    {
        var reports = routes.MapGroup("/v1/tls-reports").RequireKey(CallerRole.Operator).WithTags("Feedback");
        reports.MapGet("", List).Produces<TlsReportsBody>();
        reports.MapGet("/{id}", Get).Produces<TlsReportBody>();
        reports.MapPost("", Make).Accepts<TlsReportRequest>("application/json").Produces<TlsReportBody>(201);
    }

    private static async Task<IResult> List(HttpContext context, ITlsReports store, string? domain, string? before)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem))
        {
            return problem!;
        }

        string? name = null;
        if (domain is not null && !SubjectKeys.TryDomain(domain, out name))
        {
            return Problem.Malformed(new("domain", "must be a domain name"));
        }

        var found = await store.ListAsync(name, before ?? "", limit, context.RequestAborted);
        return Answer.Json(new TlsReportsBody([.. found.Select(TlsReportBody.Of)], found.Count == limit ? found[^1].Id : null), ApiJson.Default.TlsReportsBody);
    }

    private static async Task<IResult> Get(string id, HttpContext context, ITlsReports store) =>
        await store.FindAsync(id, context.RequestAborted) is { } report
            ? Answer.Json(TlsReportBody.Of(report), ApiJson.Default.TlsReportBody)
            : Problem.NotFound($"'{id}' is no report; they are kept for 30 days.");

    /// <summary>The day's own report is then about what follows.</summary>
    private static async Task<IResult> Make(HttpContext context, ITlsReports store, TlsReportDesk desk, GridOptions options)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.TlsReportRequest);
        if (request is null)
        {
            return problem!;
        }

        if (!SubjectKeys.TryDomain(request.Domain, out var domain))
        {
            return Problem.Invalid("domain", "must be a domain name");
        }

        if (!options.TlsReports.IsOn)
        {
            return Problem.Conflict("Reports about TLS are off: Grid:TlsReports:Organization and Grid:TlsReports:Contact turn them on.");
        }

        return await desk.MakeNowAsync(domain, context.RequestAborted) is { } id && await store.FindAsync(id, context.RequestAborted) is { } report
            ? Answer.Json(TlsReportBody.Of(report), ApiJson.Default.TlsReportBody, 201)
            : Problem.Conflict($"There is nothing to report to {domain}: no session was counted since the last report, or _smtp._tls.{domain} names no destination.");
    }
}

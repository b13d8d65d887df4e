using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Enforcement;
using Grid.Host.Ingress;

namespace Grid.Host.Api;

/// <summary>What went wrong with receivers and blocklists, for the operator: to look at, to share, and with whom it was shared.</summary>
public static class IncidentsApi
{
    private const int MaxWith = 200;
    private const int MaxWords = 1000;
    private static readonly TimeSpan Shown = TimeSpan.FromDays(30);

    public static void MapIncidents(this IEndpointRouteBuilder routes)
    {
        var incidents = routes.MapGroup("/v1/incidents").RequireKey(CallerRole.Operator).WithTags("Decisions");
        incidents.MapGet("", List).Produces<IncidentsBody>();
        incidents.MapGet("/{id}", Get).Produces<IncidentBody>();
        incidents.MapPost("/{id}/shares", Share).Accepts<IncidentShareRequest>("application/json").Produces<IncidentBody>(201);
    }

    /// <summary>Of the last 30 days unless said otherwise.</summary>
    private static async Task<IResult> List(HttpContext context, Incidents incidents, TimeProvider clock, string? subject, string? from, string? to)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem))
        {
            return problem!;
        }

        var (start, end) = (clock.GetUtcNow() - Shown, clock.GetUtcNow().AddTicks(1));
        if ((from is not null && !Instants.TryParse(from, out start)) || (to is not null && !Instants.TryParse(to, out end)))
        {
            return Problem.Malformed(new("from", Instants.Rule));
        }

        Subject? about = null;
        if (subject is not null)
        {
            var faults = new Faults();
            about = FindingsApi.SubjectOf(subject, faults);
            if (!faults.None)
            {
                return Problem.Malformed(faults.Errors[0]);
            }
        }

        return Answer.Json(new IncidentsBody(await incidents.ListAsync(about, start, end, limit, context.RequestAborted)), ApiJson.Default.IncidentsBody);
    }

    /// <summary>As JSON, or with ?format=text what may be shown to a receiver.</summary>
    private static async Task<IResult> Get(string id, HttpContext context, Incidents incidents, string? format)
    {
        if (format is not (null or "json" or "text"))
        {
            return Problem.Malformed(new("format", "must be json or text"));
        }

        return await incidents.FindAsync(id, context.RequestAborted) is not { } incident ? NoSuch(id)
            : format == "text" ? TypedResults.Text(Incidents.Text(incident), "text/plain; charset=utf-8")
            : Answer.Json(incident, ApiJson.Default.IncidentBody);
    }

    private static async Task<IResult> Share(string id, HttpContext context, Incidents incidents, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.IncidentShareRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        var with = faults.Text("with", request.With, MaxWith);
        var words = faults.Text("words", request.Words, MaxWords);
        if (!faults.None)
        {
            return faults.Problem;
        }

        if (await incidents.FindAsync(id, context.RequestAborted) is not { } incident)
        {
            return NoSuch(id);
        }

        await incidents.ShareAsync(incident, with, words, clock.GetUtcNow(), context.RequestAborted);
        return Answer.Json((await incidents.FindAsync(id, context.RequestAborted))!, ApiJson.Default.IncidentBody, 201);
    }

    private static Problem NoSuch(string id) => Problem.NotFound($"There is no incident '{id}'.");
}

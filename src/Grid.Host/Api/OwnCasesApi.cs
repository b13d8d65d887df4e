using Grid.Contracts.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>A tenant's side of the cases about it: what they are about, what operators ask, its answers. Operators' own notes stay with them.</summary>
public static class OwnCasesApi
{
    private const int MaxWords = 4000;
    private static readonly string[] Shown = ["opened", "message", "appeal", "verdict", "cost"];

    public static void MapOwnCases(this IEndpointRouteBuilder routes)
    {
        var cases = routes.MapGroup("/v1/reputation/cases").RequireKey(CallerRole.Tenant).WithTags("Reputation");
        cases.MapGet("", List).Produces<CasesBody>();
        cases.MapGet("/{id}", Get).Produces<CaseBody>();
        cases.MapPost("/{id}/messages", Answer).Accepts<CaseMessageRequest>("application/json").Produces<CaseBody>(201);
    }

    private static async Task<IResult> List(HttpContext context, ICases cases, TimeProvider clock, string? after)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem))
        {
            return problem!;
        }

        var own = new CaseFilter(Subject.Tenant(Caller.TenantOf(context)), null, null, clock.GetUtcNow());
        var page = await cases.ListAsync(own, after ?? "", limit, context.RequestAborted);
        return Api.Answer.Json(
            new CasesBody([.. page.Select(entry => Show(Registered.Read<CaseFile>(entry.Value), clock))], page.Count == limit ? page[^1].Key : null), ApiJson.Default.CasesBody);
    }

    private static async Task<IResult> Get(string id, HttpContext context, IGrainFactory grains, TimeProvider clock) =>
        await FindAsync(id, context, grains) is { } file ? Api.Answer.Json(Show(file, clock), ApiJson.Default.CaseBody) : NoSuch(id);

    private static async Task<IResult> Answer(string id, HttpContext context, IGrainFactory grains, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.CaseMessageRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        var words = faults.Text("words", request.Words, MaxWords);
        if (!faults.None)
        {
            return faults.Problem;
        }

        if (await FindAsync(id, context, grains) is null)
        {
            return NoSuch(id);
        }

        var answer = await grains.GetGrain<ICaseGrain>(id).Add(new(clock.GetUtcNow(), "message", "tenant", words));
        return answer.Refused is { } refused ? Problem.Conflict(refused) : Api.Answer.Json(Show(answer.File!, clock), ApiJson.Default.CaseBody, 201);
    }

    private static async ValueTask<CaseFile?> FindAsync(string id, HttpContext context, IGrainFactory grains) =>
        id.Length is > 0 and <= 128 && await grains.GetGrain<ICaseGrain>(id).Find() is { } file && file.Subject == Subject.Tenant(Caller.TenantOf(context)) ? file : null;

    private static CaseBody Show(CaseFile file, TimeProvider clock) =>
        CaseBody.Of(file with { Notes = [.. file.Notes.Where(note => Shown.Contains(note.Kind))], Owner = null }, clock.GetUtcNow(), whole: true);

    private static Problem NoSuch(string id) => Problem.NotFound($"There is no case '{id}' about you.");
}

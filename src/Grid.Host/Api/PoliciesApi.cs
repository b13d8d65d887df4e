using System.Text;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Ports;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>Policies, for the operator: shown, pushed, rolled back, compared.</summary>
public static class PoliciesApi
{
    private const string By = "operator";
    private const int MaxReason = 1000;
    private const int Whole = 10_000;

    public static void MapPolicies(this IEndpointRouteBuilder routes)
    {
        var policies = routes.MapGroup("/v1/policies").RequireKey(CallerRole.Operator).WithTags("Policies");
        policies.MapGet("", List).Produces<PoliciesBody>();
        policies.MapGet("/{name}", Get).Produces<PolicyBody>();
        policies.MapPut("/{name}", Put).Accepts<string>(PolicyMedia.Yaml, PolicyMedia.Json).Produces<PushedBody>().Produces<PushedBody>(201);
        policies.MapPost("/{name}/rollback", RollBack).Accepts<RollbackRequest>("application/json").Produces<PushedBody>();
        policies.MapDelete("/{name}/trial", EndTrial).Produces(204);
        policies.MapGet("/{name}/versions", Versions).Produces<PolicyVersionsBody>();
        policies.MapGet("/{name}/versions/{version:int}", Version).Produces<PolicyVersionBody>();
        policies.MapGet("/{name}/diff", Diff).Produces<PolicyDiffBody>();
    }

    private static async Task<IResult> List(HttpContext context, PolicyShelf shelf)
    {
        var sets = await shelf.ListAsync(context.RequestAborted);
        return Answer.Json(
            new PoliciesBody([.. sets.Select(set => new PolicyName(set.Current.Policy.Name, set.Current.Policy.Version) { Trial = TrialBody.Of(set.Source) })]), ApiJson.Default.PoliciesBody);
    }

    /// <summary>The text as it was written where the client asks for YAML, else JSON.</summary>
    private static async Task<IResult> Get(string name, HttpContext context, PolicyShelf shelf)
    {
        if (await shelf.FindSetAsync(name) is not { } set)
        {
            return NoSuch(name);
        }

        return PolicyMedia.WantsYaml(context.Request)
            ? TypedResults.Text(set.Source.Current.Text, set.Source.Current.MediaType, Encoding.UTF8)
            : Answer.Json(PolicyShelf.Show(set), ApiJson.Default.PolicyBody);
    }

    private static async Task<IResult> Put(string name, HttpContext context, PolicyShelf shelf, string? reach, decimal? share, string? reason)
    {
        if (Reach(reach, share) is not { } wanted)
        {
            return Problem.Malformed(new("reach", "must be all (the default), shadow, or share with share=0.0001 to 0.9999"));
        }

        if (!PolicyShelf.IsName(name))
        {
            return Problem.Malformed(new("name", "must be 1 to 64 of a-z, 0-9 and '-', and begin with a letter or digit"));
        }

        if (reason?.Length > MaxReason)
        {
            return Problem.Malformed(new("reason", $"must be at most {MaxReason} characters"));
        }

        var (_, draft, problem) = await ReadAsync(name, context, shelf);
        if (draft is null)
        {
            return problem!;
        }

        var isNew = !await shelf.HasAsync(name, context.RequestAborted);
        if (isNew && wanted.Reach != PolicyReach.All)
        {
            return Problem.Conflict($"There is no policy '{name}' yet that others could stay under: push it for all.");
        }

        if (isNew && (await shelf.ListAsync(context.RequestAborted)).Count >= PolicyShelf.MaxPolicies)
        {
            return Problem.Conflict($"There are {PolicyShelf.MaxPolicies} policies, which is the most.");
        }

        var inForce = await shelf.Grain(name).Push(draft with { Reach = wanted.Reach, Share = wanted.Share, Reason = reason ?? "" });
        return Answer.Json(PushedBody.Of(inForce), ApiJson.Default.PushedBody, isNew ? 201 : 200);
    }

    private static async Task<IResult> RollBack(string name, HttpContext context, PolicyShelf shelf)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.RollbackRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        if (request.Version is not >= 1)
        {
            faults.Add("version", "must be the number of a version; GET …/versions lists them");
        }

        var reason = faults.OptionalText("reason", request.Reason, MaxReason) ?? "";
        if (!faults.None)
        {
            return faults.Problem;
        }

        return await shelf.FindSetAsync(name) is null ? NoSuch(name)
            : await shelf.Grain(name).RollBack(request.Version!.Value, By, reason) is { } inForce ? Answer.Json(PushedBody.Of(inForce), ApiJson.Default.PushedBody)
            : Problem.NotFound($"The policy '{name}' has no version {request.Version}.");
    }

    private static async Task<IResult> EndTrial(string name, PolicyShelf shelf, string? reason) =>
        await shelf.FindSetAsync(name) is null ? NoSuch(name)
        : await shelf.Grain(name).EndTrial(By, reason is { Length: > MaxReason } ? reason[..MaxReason] : reason ?? "") ? TypedResults.NoContent()
        : Problem.NotFound($"The policy '{name}' has no version on trial.");

    private static async Task<IResult> Versions(string name, HttpContext context, PolicyShelf shelf, int? before)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem))
        {
            return problem!;
        }

        if (await shelf.FindSetAsync(name) is null)
        {
            return NoSuch(name);
        }

        var page = Math.Min(limit, 100);
        var versions = await shelf.Grain(name).Versions(before ?? 0, page);
        return Answer.Json(
            new PolicyVersionsBody([.. versions.Select(v => PolicyVersionBody.Of(v, whole: false))], versions.Count == page ? versions[^1].Version : null), ApiJson.Default.PolicyVersionsBody);
    }

    private static async Task<IResult> Version(string name, int version, HttpContext context, PolicyShelf shelf)
    {
        if (await shelf.FindSetAsync(name) is null || await shelf.Grain(name).Version(version) is not { } text)
        {
            return Problem.NotFound($"There is no version {version} of a policy '{name}'.");
        }

        return PolicyMedia.WantsYaml(context.Request)
            ? TypedResults.Text(text.Text, text.MediaType, Encoding.UTF8)
            : Answer.Json(PolicyVersionBody.Of(text, whole: true), ApiJson.Default.PolicyVersionBody);
    }

    private static async Task<IResult> Diff(string name, PolicyShelf shelf, int? from, int? to)
    {
        if (await shelf.FindSetAsync(name) is not { } set)
        {
            return NoSuch(name);
        }

        var (older, newer) = (from ?? Math.Max(1, set.Source.Last - 1), to ?? set.Source.Last);
        return await shelf.Grain(name).Version(older) is { } before && await shelf.Grain(name).Version(newer) is { } after
            ? Answer.Json(new PolicyDiffBody(name, older, newer, LineDiff.Of(before.Text, after.Text)), ApiJson.Default.PolicyDiffBody)
            : Problem.NotFound($"The policy '{name}' lacks version {older} or {newer}.");
    }

    /// <summary>The request's body as a policy that could run; 422 with every mistake where it has some.</summary>
    internal static async ValueTask<(EnforcementPolicy? Policy, Problem? Problem)> ReadPolicyAsync(string name, HttpContext context, PolicyShelf shelf)
    {
        var (policy, _, problem) = await ReadAsync(name, context, shelf);
        return (policy, problem);
    }

    private static async ValueTask<(EnforcementPolicy? Policy, PolicyDraft? Draft, Problem? Problem)> ReadAsync(string name, HttpContext context, PolicyShelf shelf)
    {
        if (PolicyMedia.Of(context.Request) is not { } media)
        {
            return (null, null, Problem.WrongType($"{PolicyMedia.Yaml} or {PolicyMedia.Json}"));
        }

        using var body = await RequestBody.ReadAsync(context, PolicyBounds.MaxTextBytes);
        if (body is null)
        {
            return (null, null, Problem.TooLarge(PolicyBounds.MaxTextBytes));
        }

        if (!PolicyMedia.TryDecode(body.Bytes.Span, out var text))
        {
            return (null, null, Problem.Malformed(new("body", "the text is not UTF-8")));
        }

        return await shelf.ReadAsync(name, text, context.RequestAborted) switch
        {
            (PolicyReading.Done done, var parents) => (done.Policy, new(text, media, parents, By, "", PolicyReach.All, 0), null),
            (PolicyReading.Refused refused, _) => (null, null, Problem.Invalid([.. refused.Mistakes.Select(Error)])),
            _ => throw new InvalidOperationException("no such reading"),
        };
    }

    private static FieldError Error(PolicyMistake mistake) =>
        new(mistake.Path.Length == 0 ? "policy" : mistake.Path, mistake.Line == 0 ? mistake.Message : $"line {mistake.Line}, column {mistake.Column}: {mistake.Message}")
        {
            Line = mistake.Line == 0 ? null : mistake.Line,
            Column = mistake.Column == 0 ? null : mistake.Column,
        };

    private static (PolicyReach Reach, int Share)? Reach(string? reach, decimal? share) => (reach, share) switch
    {
        (null or "all", null) => (PolicyReach.All, 0),
        ("shadow", null) => (PolicyReach.Shadow, 0),
        (null or "share", { } part) when part * Whole is >= 1 and < Whole => (PolicyReach.Share, (int)(part * Whole)),
        _ => null,
    };

    private static Problem NoSuch(string name) => Problem.NotFound($"There is no policy '{name}'.");
}

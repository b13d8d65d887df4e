using System.Text.Json;
using Grid.Core.Enforcement;
using Grid.Core.Ports;
using Grid.Grains.Enforcement;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>
/// What a policy would have decided, for the operator. One preview runs at a time: a second one is told to come later.
/// With <c>?stream=true</c> the answer is NDJSON: progress, one line a subject, and the rest in a last line.
/// </summary>
public static class PreviewApi
{
    private const string Ndjson = "application/x-ndjson";
    private static readonly TimeSpan Default = TimeSpan.FromDays(30);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);
    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch.AddYears(1);
    private static readonly SemaphoreSlim Turn = new(1, 1);

    public static void MapPreview(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/policies").RequireKey(CallerRole.Operator).WithTags("Policies")
            .MapPost("/{name}/preview", Preview).Accepts<string>(PolicyMedia.Yaml, PolicyMedia.Json).Produces<PreviewBody>().WithMetadata(new ChangesNothing());

    private static async Task<IResult> Preview(
        string name, HttpContext context, PolicyShelf shelf, PolicyPreview preview, TimeProvider clock, DateTimeOffset? from, DateTimeOffset? to, bool? stream)
    {
        var end = to ?? clock.GetUtcNow();
        var start = from ?? (end < Earliest ? end : end - Default);
        if (start >= end || end - start > Longest || start < Earliest)
        {
            return Problem.Malformed(new("from", $"must be before \"to\", and at most {Longest.TotalDays:0} days"));
        }

        if (!PolicyShelf.IsName(name))
        {
            return Problem.Malformed(new("name", "must be 1 to 64 of a-z, 0-9 and '-', and begin with a letter or digit"));
        }

        var (policy, problem) = await PoliciesApi.ReadPolicyAsync(name, context, shelf);
        if (policy is null)
        {
            return problem!;
        }

        if (!await Turn.WaitAsync(0))
        {
            return Problem.Throttled("A preview is running; one runs at a time.", TimeSpan.FromSeconds(5));
        }

        try
        {
            if (stream == true)
            {
                await StreamAsync(context.Response, name, policy, preview, start, end);
                return Results.Empty;
            }

            var result = await preview.RunAsync(name, policy, start, end, static _ => ValueTask.CompletedTask, context.RequestAborted);
            return Answer.Json(PreviewBody.Of(name, start, end, result), ApiJson.Default.PreviewBody);
        }
        finally
        {
            Turn.Release();
        }
    }

    private static async Task StreamAsync(HttpResponse response, string name, EnforcementPolicy policy, PolicyPreview preview, DateTimeOffset start, DateTimeOffset end)
    {
        var cancel = response.HttpContext.RequestAborted;
        response.ContentType = Ndjson;
        var result = await preview.RunAsync(name, policy, start, end, progress => LineAsync(new() { Progress = new(progress.Outcomes, progress.At) }), cancel);
        var body = PreviewBody.Of(name, start, end, result);
        foreach (var subject in body.Subjects)
        {
            await LineAsync(new() { Subject = subject });
        }

        await LineAsync(new() { Result = body with { Subjects = [] } });

        async ValueTask LineAsync(PreviewLineBody line)
        {
            await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, ApiJson.Default.PreviewLineBody), cancel);
            await response.Body.WriteAsync("\n"u8.ToArray(), cancel);
            await response.Body.FlushAsync(cancel);
        }
    }
}

using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Ingress;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Ingress;

namespace Grid.Host.Api;

/// <summary>Findings, listings and verdicts that are reported by checks and operators: judged by the subject's policy before the answer.</summary>
public static class FindingsApi
{
    private const int MaxEvidence = 4000;
    private const int MaxId = 128;

    public static void MapFindings(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/findings").RequireKey(CallerRole.Operator).WithTags("Cases").MapPost("", Report).Accepts<FindingRequest>("application/json").Produces<FindingBody>(201);

    private static async Task<IResult> Report(HttpContext context, IGrainFactory grains, TenantDirectory directory, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.FindingRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        var subject = SubjectOf(request.Subject ?? (request.Tenant is null ? null : "tenant/" + request.Tenant), faults);
        if (request.Signal is null || !Signals.IsReported(request.Signal))
        {
            faults.Add("signal", "must be a finding, listing or verdict of the catalogue, such as content.malware, listing.spamhaus or verdict.spam");
        }

        var evidence = faults.Text("evidence", request.Evidence, MaxEvidence);
        var id = faults.OptionalText("id", request.Id, MaxId) ?? Guid.NewGuid().ToString("N");
        var message = faults.OptionalText("messageId", request.MessageId, MaxId);
        var scope = ScopeOf(request, subject, faults);
        if (!faults.None)
        {
            return faults.Problem;
        }

        if (subject.Kind == SubjectKind.Tenant && await grains.GetGrain<ITenantGrain>(subject.Key).Find() is null)
        {
            return Problem.NotFound($"There is no tenant '{subject.Key}'.");
        }

        if (scope is not null && await ScopesApi.IsFullAsync(grains, subject.Key, scope))
        {
            return Problem.Conflict(ScopesApi.TooMany);
        }

        var change = await grains.Account(subject).Report(new(id, request.Signal!, clock.GetUtcNow(), "operator", evidence, request.Value, message, null) { Scope = scope });
        directory.Forget(subject.Key);
        return Answer.Json(new FindingBody(id, subject.ToString(), request.Signal!, change.Standing, "finding-" + id), ApiJson.Default.FindingBody, 201);
    }

    /// <summary>The stream or campaign of the tenant that a report names; null where it names none.</summary>
    private static string? ScopeOf(FindingRequest request, Subject subject, Faults faults)
    {
        var scope = request.Stream is { } stream ? "stream/" + stream : request.Campaign is { } campaign ? "campaign/" + campaign : null;
        if (scope is not null && (subject.Kind != SubjectKind.Tenant || !ScopeRules.IsScope(scope) || request is { Stream: not null, Campaign: not null }))
        {
            faults.Add(request.Stream is null ? "campaign" : "stream", "must be bulk or transactional, or a campaign of at most 100 characters, of a tenant, and not both");
        }

        return scope;
    }

    /// <summary>A subject that has an account; a fault for any other text.</summary>
    internal static Subject SubjectOf(string? text, Faults faults)
    {
        if (Subject.TryParse(text, out var subject))
        {
            switch (subject.Kind)
            {
                case SubjectKind.Tenant when SubjectNames.IsTenant(subject.Key):
                    return subject;
                case SubjectKind.Ip when SubjectKeys.TryIp(subject.Key, out var address):
                    return Subject.Ip(address);
                case SubjectKind.Domain when SubjectKeys.TryDomain(subject.Key, out var name):
                    return Subject.Domain(name);
                default:
                    break;
            }
        }

        faults.Add("subject", "must be tenant/ID, ip/ADDRESS or domain/NAME");
        return default;
    }
}

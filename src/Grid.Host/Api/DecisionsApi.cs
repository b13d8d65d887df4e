using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>The ledger of decisions, for the operator.</summary>
public static class DecisionsApi
{
    private const int ShownEarlier = 20;

    public static void MapDecisions(this IEndpointRouteBuilder routes)
    {
        var decisions = routes.MapGroup("/v1/decisions").RequireKey(CallerRole.Operator).WithTags("Decisions");
        decisions.MapGet("", List).Produces<DecisionsBody>();
        decisions.MapGet("/{id}", Get).Produces<DecisionCaseBody>();
    }

    private static async Task<IResult> Get(string id, HttpContext context, ILedger ledger, PolicyShelf shelf, IPolicyReader reader, IGrainFactory grains, TimeProvider clock)
    {
        if (await ledger.FindAsync(id, context.RequestAborted) is not { } entry)
        {
            return Problem.NotFound($"There is no decision '{id}'.");
        }

        var decision = entry.Decision;
        var text = PolicyShelf.IsName(decision.Policy) ? await shelf.Grain(decision.Policy).Version(decision.PolicyVersion) : null;
        var rule = text is not null && PolicyTexts.Read(reader, text) is PolicyReading.Done done ? Rule(done.Policy, decision) : null;
        var file = decision.Case is { } number ? await grains.GetGrain<ICaseGrain>(number).Find() : null;
        return Answer.Json(
            new DecisionCaseBody(
                DecisionBody.Of(decision)!,
                entry.Link,
                entry.Previous,
                entry.Hash,
                text is null ? null : PolicyVersionBody.Of(text, whole: false),
                rule,
                file is null ? null : CaseBody.Of(file, clock.GetUtcNow(), whole: true))
            {
                Earlier = [.. (await ledger.ReadAsync(decision.Subject, id, ShownEarlier, context.RequestAborted)).Select(d => DecisionBody.Of(d)!)],
            },
            ApiJson.Default.DecisionCaseBody);
    }

    private static RuleBody? Rule(EnforcementPolicy policy, Decision decision) =>
        decision.Subject.Kind is SubjectKind.Tenant or SubjectKind.Ip or SubjectKind.Domain && policy.Clauses(decision.Subject.Kind).FirstOrDefault(c => c.Id == decision.Clause) is { } clause
            ? new(clause.Id, clause.Words, clause.CureText)
            : policy.Written.FirstOrDefault(c => c.Id == decision.Clause) is { } written ? new(written.Id, written.Words, written.Remedy) : null;

    private static async Task<IResult> List(HttpContext context, ILedger ledger, string? subject, string? before)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem))
        {
            return problem!;
        }

        Subject? about = null;
        if (subject is not null)
        {
            if (!Subject.TryParse(subject, out var parsed))
            {
                return Problem.Malformed(new("subject", "must be tenant/ID, ip/ADDRESS, domain/NAME, site/NAME, policy/NAME or case/ID"));
            }

            about = parsed;
        }

        return Answer.Json(await PageAsync(ledger, about, before, limit, context.RequestAborted), ApiJson.Default.DecisionsBody);
    }

    private static async ValueTask<DecisionsBody> PageAsync(ILedger ledger, Subject? about, string? before, int limit, CancellationToken cancellationToken)
    {
        var decisions = await ledger.ReadAsync(about, before, limit, cancellationToken);
        return new([.. decisions.Select(decision => DecisionBody.Of(decision)!)], decisions.Count == limit ? decisions[^1].Id : null);
    }
}

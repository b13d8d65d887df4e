using System.Globalization;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Grains.Ingress;
using Grid.Host.Api.Model;
using Grid.Host.Enforcement;

namespace Grid.Host.Ingress;

/// <summary>
/// Judges a message by its tenant's policy before it is taken in: the same on HTTP, SMTP and raw submissions.
/// In: a draft that is ready. Out: the same with the recipients that the policy allows, or a <see cref="Draft.Forbidden"/> with every clause
/// that it breaks. Guarantees: what is asked of a recipient touches that recipient only; a policy without clauses for messages costs nothing.
/// </summary>
public sealed class PolicyGate(
    PolicyBook book, MessageFactsReader facts, VettingDirectory vetting, ConsentBook consents, ISuppressions suppressions, RefusalLedger refusals, TimeProvider clock)
{
    /// <summary>The policy, in the version that is enforced for a tenant.</summary>
    public async ValueTask<EnforcementPolicy> PolicyOfAsync(string tenant, TenantSpec spec)
    {
        var set = await book.FindAsync(spec.Policy) ?? await book.FindAsync(PolicyBook.Default)
            ?? throw new InvalidOperationException("there is no policy \"default\"");
        return set.For(Subject.Tenant(tenant)).Policy;
    }

    /// <summary>Every clause that a message breaks, and what it records.</summary>
    public async ValueTask<(EnforcementPolicy Policy, MessageJudgement Judgement)> FindAsync(string tenant, TenantSpec spec, Draft.Ready draft, CancellationToken cancellationToken)
    {
        var policy = await PolicyOfAsync(tenant, spec);
        if (policy.Message.Count == 0)
        {
            return (policy, MessageJudgement.Clean);
        }

        var known = facts.Read(spec, draft, policy.FactsUsed);
        if (VettingFacts.AreAsked(policy))
        {
            known = VettingFacts.Add(known, policy, spec, draft.Submission.Body, await vetting.FindAsync(tenant));
        }

        return (policy, MessageJudge.Judge(policy, await consents.WithRecordsAsync(tenant, policy, known, cancellationToken)));
    }

    /// <summary>The draft as the policy leaves it.</summary>
    /// <param name="whole">The message is taken for all of its recipients or for none.</param>
    public async ValueTask<Draft> JudgeAsync(string tenant, TenantSpec spec, Draft draft, bool whole, CancellationToken cancellationToken)
    {
        if (draft is not Draft.Ready ready)
        {
            return draft;
        }

        var (policy, judgement) = await FindAsync(tenant, spec, ready, cancellationToken);
        if (Suspended(spec, ready.Submission) is { Count: > 0 } suspended)
        {
            return new Draft.Forbidden(policy.Name, policy.Version, [.. Errors(judgement, ready.Submission), .. suspended]);
        }

        if (judgement.Findings.Count == 0)
        {
            return draft;
        }

        foreach (var clause in judgement.Findings.Where(f => f.Clause.Action is Consequence.Refuse or Consequence.Suppress).Select(f => f.Clause).DistinctBy(c => c.Id))
        {
            await refusals.NoteAsync(tenant, policy, clause.Id, clause.Words, cancellationToken);
        }

        var given = ready.Submission.Recipients;
        var refused = Enumerable.Range(0, given.Count).Where(i => judgement.Refusal(i) is not null).ToList();
        foreach (var i in refused.Where(i => judgement.Refusal(i)!.Clause.Action == Consequence.Suppress))
        {
            await SuppressAsync(tenant, given[i].Address, judgement.Refusal(i)!.Clause.Id, cancellationToken);
        }

        if (judgement.RefusesMessage || refused.Count == given.Count || (whole && refused.Count > 0))
        {
            return new Draft.Forbidden(policy.Name, policy.Version, Errors(judgement, ready.Submission));
        }

        var held = judgement.Hold is { } hold ? new HeldFor(policy.Name, policy.Version, hold.Clause.Id, hold.Words) : null;
        return refused.Count == 0 && held is null ? draft : ready with
        {
            Submission = ready.Submission with
            {
                Held = held,
                Recipients = [.. given.Where((_, i) => !refused.Contains(i))],
                Refused = [.. refused.Select(i => new AcceptedRecipient(given[i].Address, "refused", judgement.Refusal(i)!.Clause.Id))],
            },
        };
    }

    /// <summary>The message's stream or campaign that is suspended, as the API lists it.</summary>
    public static IReadOnlyList<FieldError> Suspended(TenantSpec spec, Submission submission) => spec.Scopes.Count == 0 ? [] :
    [
        .. ScopeRules.Of(spec.Scopes, MailStreamName.Of(submission.Stream), submission.Campaign)
            .Where(scope => scope.IsSuspended)
            .Select(scope => new FieldError(scope.Scope[..scope.Scope.IndexOf('/')], $"{scope.Scope} is suspended: {scope.Reason}", scope.Clause)),
    ];

    /// <summary>What speaks against the message, as the API lists it.</summary>
    public static IReadOnlyList<FieldError> Errors(MessageJudgement judgement, Submission submission) =>
        [.. judgement.Findings.Where(f => f.Clause.Action != Consequence.Record).Select(f => Error(f, submission))];

    /// <summary>What is worth knowing and refuses nothing.</summary>
    public static IReadOnlyList<FieldError> Advice(MessageJudgement judgement, Submission submission) =>
        [.. judgement.Findings.Where(f => f.Clause.Action == Consequence.Record).Select(f => Error(f, submission))];

    private static FieldError Error(MessageFinding finding, Submission submission) => new(
        finding.Recipient is { } i ? string.Create(CultureInfo.InvariantCulture, $"recipient {submission.Recipients[i].Address}") : finding.Field,
        finding.Clause.Action == Consequence.Hold ? "needs an operator's review: " + finding.Words : finding.Words,
        finding.Clause.Id);

    private async ValueTask SuppressAsync(string tenant, string address, string clause, CancellationToken cancellationToken)
    {
        if (AddressNormalForm.TryNormalise(address, out var normal))
        {
            await suppressions.AddAsync(new(tenant, normal, SuppressionReason.Manual, clock.GetUtcNow(), "grid", clause), cancellationToken);
        }
    }
}

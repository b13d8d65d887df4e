using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Ingress;
using Grid.Host.Api.Model;

namespace Grid.Host.Ingress;

/// <summary>Says what would happen to a message, and keeps nothing: the same drafting and judgement as for a submission, then the tenant's standing and suppressions.</summary>
public sealed class MessageCheck(IGrainFactory grains, ISuppressions suppressions, PolicyGate gate)
{
    /// <summary>Everything that speaks against the message.</summary>
    public async ValueTask<CheckBody> RunAsync(string tenant, TenantSpec spec, Draft draft, CancellationToken cancellationToken)
    {
        var findings = new List<FieldError>(draft switch
        {
            Draft.Ready => [],
            Draft.Faulty faulty => faulty.Errors,
            Draft.Forbidden forbidden => forbidden.Errors,
            Draft.TooLarge large => [new("message", $"is larger than {large.LimitBytes} bytes", "message-size")],
            _ => throw new InvalidOperationException($"no draft {draft.GetType().Name}"),
        });
        var judgement = MessageJudgement.Clean;
        EnforcementPolicy? policy = null;
        if (draft is Draft.Ready found)
        {
            (policy, judgement) = await gate.FindAsync(tenant, spec, found, cancellationToken);
            findings.AddRange(PolicyGate.Errors(judgement, found.Submission));
            findings.AddRange(PolicyGate.Suspended(spec, found.Submission));
        }

        var account = await grains.GetGrain<ITenantGrain>(tenant).View();
        var submit = draft is Draft.Ready { Submission.Stream: MailStream.Transactional } ? Verb.SubmitTransactional : Verb.SubmitBulk;
        if (await grains.GetGrain<ITenantGrain>(tenant).May(submit) is not null)
        {
            var mail = account.Standing == Standing.Suspended && submit == Verb.SubmitBulk && draft is Draft.Ready ? "send bulk mail" : "send";
            findings.Add(new("tenant", $"is {account.Standing.ToString().ToLowerInvariant()} and may not {mail}", account.LastDecision?.Clause));
        }

        var recipients = draft is Draft.Ready ready ? await RecipientsAsync(tenant, ready.Submission, judgement, cancellationToken) : [];
        var accepted = recipients.Any(recipient => recipient.Status == "queued") && !judgement.RefusesMessage && findings.Count == judgement.Findings.Count(f => f.Recipient is not null && f.Clause.Action != Consequence.Record);
        return new(accepted, findings, recipients)
        {
            Policy = policy?.Name,
            PolicyVersion = policy?.Version,
            Advice = draft is Draft.Ready good ? PolicyGate.Advice(judgement, good.Submission) : [],
        };
    }

    private async ValueTask<IReadOnlyList<AcceptedRecipientBody>> RecipientsAsync(
        string tenant, Submission submission, MessageJudgement judgement, CancellationToken cancellationToken)
    {
        var answers = new List<AcceptedRecipientBody>(submission.Recipients.Count);
        for (var i = 0; i < submission.Recipients.Count; i++)
        {
            var recipient = submission.Recipients[i];
            if (judgement.Refusal(i) is { } refusal)
            {
                answers.Add(new(recipient.Address, "refused", refusal.Clause.Id));
                continue;
            }

            var found = AddressNormalForm.TryNormalise(recipient.Address, out var normal) ? await suppressions.FindAsync(tenant, normal, submission.Stream, cancellationToken) : null;
            answers.Add(found is null
                ? judgement.Hold is { } hold ? new(recipient.Address, "held", hold.Clause.Id) : new(recipient.Address, "queued", null)
                : new(recipient.Address, "suppressed", "suppressed-" + found.Reason.ToString().ToLowerInvariant()));
        }

        return answers;
    }
}

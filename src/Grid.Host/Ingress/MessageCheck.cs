using Grid.Contracts.Enforcement;
using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Ingress;
using Grid.Host.Api.Model;

namespace Grid.Host.Ingress;

/// <summary>Says what would happen to a message, and keeps nothing: the same drafting as for a submission, then the tenant's standing and suppressions.</summary>
public sealed class MessageCheck(IGrainFactory grains, ISuppressions suppressions)
{
    /// <summary>Everything that speaks against the message.</summary>
    public async ValueTask<CheckBody> RunAsync(string tenant, Draft draft, CancellationToken cancellationToken)
    {
        var findings = new List<FieldError>(draft switch
        {
            Draft.Ready => [],
            Draft.Faulty faulty => faulty.Errors,
            Draft.TooLarge large => [new("message", $"is larger than {large.LimitBytes} bytes", "message-size")],
            _ => throw new InvalidOperationException($"no draft {draft.GetType().Name}"),
        });
        var account = await grains.GetGrain<ITenantGrain>(tenant).View();
        if (account.Standing is not (Standing.Active or Standing.Warned))
        {
            findings.Add(new("tenant", $"is {account.Standing.ToString().ToLowerInvariant()} and may not send", account.LastDecision?.Clause));
        }

        var recipients = draft is Draft.Ready ready ? await RecipientsAsync(tenant, ready.Submission, cancellationToken) : [];
        return new(findings.Count == 0 && recipients.Any(recipient => recipient.Status == "queued"), findings, recipients);
    }

    private async ValueTask<IReadOnlyList<AcceptedRecipientBody>> RecipientsAsync(
        string tenant, Submission submission, CancellationToken cancellationToken)
    {
        var answers = new List<AcceptedRecipientBody>(submission.Recipients.Count);
        foreach (var recipient in submission.Recipients)
        {
            var found = AddressNormalForm.TryNormalise(recipient.Address, out var normal) ? await suppressions.FindAsync(tenant, normal, submission.Stream, cancellationToken) : null;
            answers.Add(found is null
                ? new(recipient.Address, "queued", null)
                : new(recipient.Address, "suppressed", "suppressed-" + found.Reason.ToString().ToLowerInvariant()));
        }

        return answers;
    }
}

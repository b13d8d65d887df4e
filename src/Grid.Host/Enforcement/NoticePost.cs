using System.Text.Json;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Host.Api;
using Grid.Host.Api.Model;

namespace Grid.Host.Enforcement;

/// <summary>
/// Brings notices to the tenant: by mail to its contact, and to each webhook that wants them. In: decisions about tenants, and what operators
/// write in their cases. Out: mail in the queue, deliveries in the outbox. Guarantees one mail a decision, and that a webhook's delivery is
/// kept until it is taken. A tenant without a contact has its webhooks and GET /v1/notices.
/// </summary>
public sealed class NoticePost(
    IGrainFactory grains, PolicyBook book, NoticeText texts, PlatformMail mail, IWebhooks webhooks, HookOutbox outbox) : ILedgerFollower
{
    /// <inheritdoc />
    public async ValueTask TakeAsync(Decision decision, CancellationToken cancellationToken)
    {
        if (NoticeText.IsTold(decision) && decision.Subject.Key != PlatformMail.Tenant)
        {
            var policy = await PolicyOfAsync(decision);
            var body = NoticeBody.Of(decision, texts.Help(policy));
            await TellAsync(decision.Subject.Key, decision.Id, NoticeText.Subject(decision), texts.Write(decision, policy), body, cancellationToken);
        }
        else if (decision is { Action: "case-message", By: "operator", Case: { } id } && await grains.GetGrain<ICaseGrain>(id).Find() is { Subject: { Kind: SubjectKind.Tenant } subject })
        {
            var policy = await PolicyOfAsync(decision);
            var text = $"Case {id}:\n\n{decision.Reason}\n\nAnswer with POST /v1/reputation/cases/{id}/messages, or write to {texts.Help(policy)}.\n";
            await TellAsync(subject.Key, decision.Id, $"A message in case {id}", text, NoticeBody.Of(decision with { Subject = subject }, texts.Help(policy)), cancellationToken);
        }
    }

    private async ValueTask TellAsync(string tenant, string id, string subject, string text, NoticeBody body, CancellationToken cancellationToken)
    {
        if (await grains.GetGrain<ITenantGrain>(tenant).Find() is not { } view)
        {
            return;
        }

        if (view.Spec.Profile?.ContactEmail is { Length: > 0 } contact)
        {
            await mail.SendAsync(contact, subject, text, "notice-" + id, cancellationToken);
        }

        var json = JsonSerializer.Serialize(body, ApiJson.Default.NoticeBody);
        foreach (var webhook in (await webhooks.ListAsync(tenant, cancellationToken)).Where(w => w.Events.HasNotices && w.Format == WebhookFormat.Standard))
        {
            await outbox.PutAsync(new(id, tenant, webhook.Name, json), cancellationToken);
        }
    }

    private async ValueTask<EnforcementPolicy> PolicyOfAsync(Decision decision)
    {
        var set = (decision.Policy.Length > 0 ? await book.FindAsync(decision.Policy) : null) ?? await book.FindAsync(PolicyBook.Default);
        return set!.Current.Policy;
    }
}

using System.Security.Cryptography;
using System.Text;
using Grid.Core.Feedback;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Enforcement;
using Grid.Host.Ingress;
using Grid.Host.Options;
using Grid.Host.Webhooks;
using Grid.Mail.Mime;

namespace Grid.Host.Feedback.TlsReports;

/// <summary>
/// Sends reports. In: deliveries that are due. Out: mail in the queue, requests. Guarantees that a mail is kept once for a delivery, also over a
/// kill; that a POST which was answered is noted before the next is tried, so that at most one is repeated after a kill, with the same id; that what
/// failed is tried again, for a day after the report was made. No mail goes without the platform's signature (RFC 8460 3).
/// </summary>
public sealed class TlsReportPost(
    ITlsReports store, PlatformMail mail, IReportTransport transport, SigningKeys keys, MessageDrafter drafter, GridOptions options, TlsReportInstruments instruments, TimeProvider clock)
{
    /// <summary>Tries one.</summary>
    public async ValueTask SendAsync(TlsReportDelivery delivery, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(delivery.Report, cancellationToken) is not { } report)
        {
            return;
        }

        var isMail = delivery.Uri.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);
        var (fault, isFinal, message) = isMail ? await MailAsync(report, delivery, cancellationToken) : await PostAsync(report, delivery, cancellationToken);
        var now = clock.GetUtcNow();
        var attempts = delivery.Attempts + 1;
        var next = now + TlsReportSchedule.WaitAfter(attempts);
        var isOver = isFinal || next > report.MadeAt + TlsReportSchedule.GiveUpAfter;
        var state = fault is null ? TlsReportDelivery.Sent : isOver ? TlsReportDelivery.Failed : TlsReportDelivery.Waiting;
        instruments.Tried(isMail ? "mail" : "https", fault is null ? "sent" : isOver ? "failed" : "retried");

        // Not to be cancelled: what was taken is not to be sent again.
        await store.WriteAsync(
            delivery with { State = state, Attempts = attempts, DueAt = state == TlsReportDelivery.Waiting ? next : delivery.DueAt, EndedAt = state == TlsReportDelivery.Waiting ? null : now, LastError = fault, Message = message },
            CancellationToken.None);
    }

    private async ValueTask<(string? Fault, bool IsFinal, MessageId? Message)> MailAsync(TlsReport report, TlsReportDelivery delivery, CancellationToken cancellationToken)
    {
        var submitter = options.Dkim.Domain!;
        if (!(await keys.OfAsync(DomainKeys.Platform, cancellationToken)).ContainsKey(submitter))
        {
            return ($"no key signs for {submitter}: GET /v1/platform/domains/{submitter} shows the record to publish", false, null);
        }

        if (!EmailAddress.TryParse(options.TlsReports.Contact, out var contact))
        {
            return ("Grid:TlsReports:Contact is no mail address", true, null);
        }

        var key = "tls-report-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(delivery.Report + delivery.Uri)))[..32];
        var left = report.MadeAt + TlsReportSchedule.GiveUpAfter - clock.GetUtcNow();
        try
        {
            var (isTaken, message) = await mail.ReportAsync(
                TlsReportRecord.AddressOf(delivery.Uri),
                (id, to) => TlsReportMail.Write(report, submitter, mail.Mailbox(""), to, contact, $"{id}@{options.Inbound.Domain}", drafter.Reference(id), clock.GetUtcNow()),
                key,
                left > TimeSpan.FromHours(1) ? left : TimeSpan.FromHours(1),
                cancellationToken);
            return isTaken ? (null, true, message ?? delivery.Message) : ("the address can't be mailed", true, null);
        }
        catch (StoreUnavailableException e)
        {
            return (e.Message, false, null);
        }
    }

    private async ValueTask<(string? Fault, bool IsFinal, MessageId? Message)> PostAsync(TlsReport report, TlsReportDelivery delivery, CancellationToken cancellationToken)
    {
        var (url, fault) = WebhookUrl.Read(delivery.Uri, options.Webhooks with { AllowHttp = false });
        if (url is null)
        {
            return ("the URI must " + fault, true, null);
        }

        return await transport.PostAsync(url, report.Body, TlsReportMail.MediaType, cancellationToken) switch
        {
            WebhookAnswer.Taken => (null, true, null),
            WebhookAnswer.Gone => ("the receiver answered 410", true, null),
            WebhookAnswer.Failed failed => (failed.Words, false, null),
            var other => throw new InvalidOperationException($"no answer {other.GetType().Name}"),
        };
    }
}

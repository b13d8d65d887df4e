using Grid.Core.Feedback;
using Grid.Core.Ingress;
using Grid.Core.Outcomes;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Feedback;
using Grid.Host.Api.Model;
using Grid.Mail.Feedback;
using Grid.Mail.Mime;

namespace Grid.Host.Feedback;

/// <summary>
/// Reads what comes back and has it counted.
/// In: a DSN, a feedback report or a letter, whole. Out: what it says, and whether it is about a delivery of ours.
/// Guarantees: it is matched by a genuine token only, looked for in the envelope, Original-Mail-From, the returned copy's Return-Path,
/// its X-Grid-Ref and the report's own To, in this order; when the call completes the outcome is durable and judged; a repeat counts once.
/// Fails: what cannot be read or matched changes nothing, and the answer says so; an unavailable store throws.
/// </summary>
public sealed class FeedbackIntake(ReturnPaths paths, FeedbackDesk desk, ISpool spool)
{
    /// <summary>Reads one report.</summary>
    /// <param name="envelope">What its envelope's recipient named; null where it came without one.</param>
    /// <param name="by">"operator" or "grid".</param>
    /// <param name="dryRun">Read and say, change nothing.</param>
    public async ValueTask<FeedbackBody> TakeAsync(ReadOnlyMemory<byte> message, MessageReference? envelope, string by, bool dryRun, CancellationToken cancellationToken)
    {
        var report = FeedbackReader.Read(message);
        var said = report.Reports.Select(recipient => (Recipient: recipient, Why: Classify(recipient))).ToArray();
        var reference = envelope ?? Find(report, message);
        var stored = reference is { } named ? await spool.FindAsync(named.Message, cancellationToken) : null;
        var matched = stored is not null
            && await ApplyAsync(report, said, Narrow(reference!.Value, stored), stored, by, dryRun, cancellationToken);
        return new(
            Kind(report.Kind),
            matched,
            matched ? stored!.Tenant : null,
            matched ? stored!.Id.ToString() : null,
            [.. said.Select(entry => Show(entry.Recipient, entry.Why))]);
    }

    /// <summary>A message with one recipient needs no address to tell which.</summary>
    private static MessageReference Narrow(MessageReference reference, StoredMessage stored) =>
        reference.Recipient == MessageToken.WholeMessage && stored.RecipientCount == 1 ? reference with { Recipient = 0 } : reference;

    private async ValueTask<bool> ApplyAsync(
        FeedbackReport report,
        IReadOnlyList<(RecipientReport Recipient, Classification Why)> said,
        MessageReference reference,
        StoredMessage stored,
        string by,
        bool dryRun,
        CancellationToken cancellationToken)
    {
        var matched = false;
        foreach (var (recipient, why) in Relevant(report, said, reference))
        {
            var address = recipient.Recipient.Length > 0 ? recipient.Recipient : report.OriginalRcptTo.Count > 0 ? report.OriginalRcptTo[0] : null;
            matched |= dryRun || report.Kind is not (FeedbackKind.Complaint or FeedbackKind.Bounce or FeedbackKind.Unsubscribe)
                ? WasDelivered(stored, reference, address)
                : report.Kind switch
                {
                    FeedbackKind.Complaint => await desk.ComplaintAsync(reference.Message, reference.Recipient, address, recipient.FeedbackType ?? "abuse", by, cancellationToken),
                    FeedbackKind.Bounce => await desk.BounceAsync(
                        reference.Message, reference.Recipient, address, new(recipient.ReplyCode ?? 0, recipient.Status, recipient.Diagnostic ?? ""), why, cancellationToken),
                    _ => await desk.UnsubscribeAsync(reference.Message, reference.Recipient, address, by, cancellationToken),
                };
        }

        return matched;
    }

    /// <summary>Of a bounce only who failed; of a token for one recipient only one, whatever else the report lists.</summary>
    private static IEnumerable<(RecipientReport Recipient, Classification Why)> Relevant(
        FeedbackReport report, IReadOnlyList<(RecipientReport Recipient, Classification Why)> said, MessageReference reference)
    {
        var relevant = report.Kind == FeedbackKind.Bounce ? said.Where(entry => entry.Recipient.Action is null or "failed") : said;
        if (said.Count == 0)
        {
            relevant = [(new RecipientReport { Recipient = "" }, default)];
        }

        return reference.Recipient == MessageToken.WholeMessage ? relevant : relevant.Take(1);
    }

    private static bool WasDelivered(StoredMessage stored, MessageReference reference, string? address) => stored.History.Any(record =>
        record.Kind == OutcomeKind.Delivered
        && (reference.Recipient == MessageToken.WholeMessage
            ? address is not null
                && AddressNormalForm.TryNormalise(address, out var wanted)
                && AddressNormalForm.TryNormalise(record.Address, out var normal)
                && normal == wanted
            : record.Key.Recipient == reference.Recipient));

    private MessageReference? Find(FeedbackReport report, ReadOnlyMemory<byte> message)
    {
        if ((report.OriginalMailFrom is { } from && paths.TryRead(from, out var reference))
            || (report.ReturnedReturnPath is { } path && paths.TryRead(path, out reference)))
        {
            return reference;
        }

        foreach (var header in report.ReturnedHeaders.Where(header => header.Is(Ingress.MessageDrafter.ReferenceHeader)))
        {
            if (paths.TryReadToken(header.Value, out reference))
            {
                return reference;
            }
        }

        foreach (var to in MailboxParser.Parse(MessageReader.Read(message).Header("To")?.Value ?? ""))
        {
            if (paths.TryRead(to.Address, out reference))
            {
                return reference;
            }
        }

        return null;
    }

    private static Classification Classify(RecipientReport report) => report.FeedbackType is not null
        ? default
        : ReplyClassifier.Classify(report.ReplyCode ?? 0, report.Status, report.Diagnostic ?? "", report.RemoteMta);

    private static FeedbackReportBody Show(RecipientReport report, Classification why) => new(
        report.Recipient, report.Status, report.ReplyCode, report.Action, why.Reason, why.Hard, report.Diagnostic, report.FeedbackType);

    private static string Kind(FeedbackKind kind) => kind switch
    {
        FeedbackKind.None => "none",
        FeedbackKind.Complaint => "complaint",
        FeedbackKind.Bounce => "bounce",
        FeedbackKind.Delayed => "delayed",
        FeedbackKind.Abuse => "abuse",
        FeedbackKind.Unsubscribe => "unsubscribe",
        _ => throw new InvalidOperationException($"no kind of feedback {kind}"),
    };
}

using Grid.Core.Feedback;
using Grid.Core.Ingress;
using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;
using Grid.Mail.Feedback;

namespace Grid.Host.Feedback;

/// <summary>A report held against what was sent: what it claims, and which delivery each claim is about.</summary>
internal sealed class FeedbackReading
{
    private IReadOnlyList<MessageReference> _references = [];

    public required FeedbackReport Report { get; init; }

    /// <summary>All that it says, with each reply as it is read.</summary>
    public required IReadOnlyList<(RecipientReport Said, Classification Why)> Said { get; init; }

    /// <summary>What is to be acted on: of a bounce who failed; of a token for one recipient only one, whatever else the report lists.</summary>
    public required IReadOnlyList<FeedbackClaim> Claims { get; init; }

    /// <summary>Of a token's recipients, what became of the message further on: delivered, relayed, expanded, delayed.</summary>
    public required IReadOnlyList<FeedbackClaim> Receipts { get; init; }

    /// <summary>The message that its token names; null where it brings none, or it isn't known.</summary>
    public required StoredMessage? Stored { get; init; }

    /// <summary>What its token names: that of the envelope before those in the report.</summary>
    public MessageReference? Reference => _references.Count > 0 ? _references[0] : null;

    /// <summary>It asks for something to be done.</summary>
    public bool HasConsequence => Report.Kind is FeedbackKind.Complaint or FeedbackKind.Bounce or FeedbackKind.Unsubscribe;

    /// <summary>It is about a delivery that isn't logged yet: a quick host reports within the instant.</summary>
    public bool IsAhead => Stored is { Live.Count: > 0 } && Claims.Concat(Receipts).Any(claim => claim.Delivered is null);

    /// <summary>A letter that says "unsubscribe" and returns no message.</summary>
    public bool IsPlainUnsubscribe => Report is { Kind: FeedbackKind.Unsubscribe, ReturnedHeaders.Count: 0, OriginalMailFrom: null };

    /// <summary>Holds a report against a message.</summary>
    /// <param name="references">Genuine ones, the one to go by first.</param>
    /// <param name="stored">The message of the first.</param>
    public static FeedbackReading Of(FeedbackReport report, IReadOnlyList<MessageReference> references, StoredMessage? stored)
    {
        // A message with one recipient needs no address to tell which.
        references = [.. references.Select(one => one.Recipient == MessageToken.WholeMessage && stored is { RecipientCount: 1 } && one.Message == stored.Id ? one with { Recipient = 0 } : one)];
        var said = report.Reports.Select(one => (Said: one, Why: Classify(one))).ToArray();
        var recipient = references.Where(one => stored is not null && one.Message == stored.Id).Select(one => one.Recipient).DefaultIfEmpty(MessageToken.WholeMessage).Min();
        return new()
        {
            Report = report,
            Said = said,
            Stored = stored,
            Claims = [.. Relevant(report, said, recipient).Select(one => Claim(report, one.Said, one.Why, recipient, stored))],
            Receipts = stored is null ? [] : [.. Receipt(said, recipient).Select(one => Claim(report, one.Said with { Recipient = one.Said.OriginalRecipient ?? one.Said.Recipient }, one.Why, recipient, stored))],
            _references = references,
        };
    }

    /// <summary>What is known of a claim without asking who makes it.</summary>
    public FeedbackFacts FactsOf(FeedbackClaim claim) => new()
    {
        HasToken = _references.Count > 0,
        TokensDisagree = _references.Select(one => one.Message).Distinct().Count() > 1
            || _references.Where(one => one.Recipient != MessageToken.WholeMessage).Select(one => one.Recipient).Distinct().Count() > 1,
        IsMessageKnown = Stored is not null,
        DeliveredAt = claim.Delivered?.At,
        NamesOtherRecipient = claim.NamesOther,
        IsCounted = claim.IsCounted,
    };

    private static IEnumerable<(RecipientReport Said, Classification Why)> Relevant(FeedbackReport report, IReadOnlyList<(RecipientReport Said, Classification Why)> said, int recipient)
    {
        var relevant = report.Kind == FeedbackKind.Bounce ? said.Where(one => one.Said.Action is null or "failed") : said;
        if (said.Count == 0)
        {
            relevant = [(new RecipientReport { Recipient = "" }, default)];
        }

        return recipient == MessageToken.WholeMessage ? relevant : relevant.Take(1);
    }

    private static IEnumerable<(RecipientReport Said, Classification Why)> Receipt(IReadOnlyList<(RecipientReport Said, Classification Why)> said, int recipient)
    {
        var receipts = said.Where(one => one.Said.Action is "delivered" or "relayed" or "expanded" or "delayed");
        return recipient == MessageToken.WholeMessage ? receipts : receipts.Take(1);
    }

    private static FeedbackClaim Claim(FeedbackReport report, RecipientReport said, Classification why, int recipient, StoredMessage? stored)
    {
        var named = said.Recipient.Length > 0 ? said.Recipient : report.OriginalRcptTo.Count > 0 ? report.OriginalRcptTo[0] : "";
        var history = stored?.History ?? [];
        var delivered = history.FirstOrDefault(record => record.Kind == OutcomeKind.Delivered && (recipient == MessageToken.WholeMessage ? IsSame(named, record.Address) : record.Key.Recipient == recipient));
        var namesOther = recipient != MessageToken.WholeMessage
            && history.Any(record => record.Key.Recipient != recipient && IsSame(named, record.Address))
            && !history.Any(record => record.Key.Recipient == recipient && IsSame(named, record.Address));
        var isCounted = delivered is not null && history.Any(record => record.Key == delivered.Key && IsRepeat(report.Kind, record));
        return new(said, why, delivered, namesOther, isCounted);
    }

    private static bool IsRepeat(FeedbackKind kind, OutcomeRecord record) => kind switch
    {
        FeedbackKind.Complaint => record.Kind == OutcomeKind.Complained,
        FeedbackKind.Unsubscribe => record.Kind == OutcomeKind.Unsubscribed,
        _ => record is { Kind: OutcomeKind.Bounced, DeliveredAt: not null },
    };

    private static bool IsSame(string left, string right) =>
        AddressNormalForm.TryNormalise(left, out var one) && AddressNormalForm.TryNormalise(right, out var other) && one == other;

    private static Classification Classify(RecipientReport report) => report.FeedbackType is not null
        ? default
        : ReplyClassifier.Classify(report.ReplyCode ?? 0, report.Status, report.Diagnostic ?? "", report.RemoteMta, report.Command);
}

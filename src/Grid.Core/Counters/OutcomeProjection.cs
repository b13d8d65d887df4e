using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;

namespace Grid.Core.Counters;

/// <summary>What a record of the outcome log adds to the counters of its tenant, sending IP and recipient domain.</summary>
public static class OutcomeProjection
{
    // Mailbox providers that tell senders of no complaint; their mail counts in Delivered but not in DeliveredReporting.
    private static readonly string[] SilentDomains = ["gmail.com", "googlemail.com", "icloud.com", "me.com", "mac.com"];
    private static readonly string[] SilentSites = ["google.com", "googlemail.com", "icloud.com"];

    /// <summary>What it adds at its own instant. Suppressed, cancelled and simulated mail counts nowhere.</summary>
    public static CounterTotals Of(OutcomeRecord r)
    {
        if (MailboxSimulator.Has(r))
        {
            return default;
        }

        var blocks = r is { About: ReplyAbout.Ip, Reason: ReplyReason.BlockedByReputation or ReplyReason.Listed } ? 1 : 0;
        return r.Kind switch
        {
            OutcomeKind.Delivered => Delivered(r),
            OutcomeKind.Deferred => new(0, 1, 0, 0, 0, 0, 0, blocks),
            OutcomeKind.Bounced when r.Hard => new(0, 0, 1, 0, 0, 0, 0, blocks),
            OutcomeKind.Bounced or OutcomeKind.Expired => new(0, 0, 0, 1, 0, 0, 0, blocks),
            OutcomeKind.Complained => new(0, 0, 0, 0, 1, 0, 0),
            OutcomeKind.Unsubscribed => new(0, 0, 0, 0, 0, 1, 0),
            OutcomeKind.Suppressed or OutcomeKind.Cancelled => default,
            _ => throw new ArgumentOutOfRangeException(nameof(r), r.Kind, "no such outcome"),
        };
    }

    /// <summary>False where a sending IP's own way out failed: the domain has no part in that.</summary>
    public static bool ConcernsDomain(OutcomeRecord r) => r is not { About: ReplyAbout.Ip, Reason: ReplyReason.Network };

    /// <summary>What it takes back at <see cref="OutcomeRecord.DeliveredAt"/>: a message bounced by a later report leaves "delivered". Null where nothing. The record's Site is to be that of the delivery, so that the same counters are taken back.</summary>
    public static CounterTotals? TakenBack(OutcomeRecord r) =>
        r is { Kind: OutcomeKind.Bounced, DeliveredAt: not null } ? -Delivered(r) : null;

    private static CounterTotals Delivered(OutcomeRecord r) => new(1, 0, 0, 0, 0, 0, ReportsComplaints(r) ? 1 : 0);

    private static bool ReportsComplaints(OutcomeRecord r) =>
        !SilentDomains.Contains(r.Domain) && !Array.Exists(SilentSites, s => r.Site.Contains(s, StringComparison.Ordinal));
}

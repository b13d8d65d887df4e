using Grid.Core.Feedback;
using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Counters;

namespace Grid.Grains.Feedback;

/// <summary>
/// Honours recipients who want no more mail.
/// In: what a genuine token says, and how much they want to be rid of. Out: suppressed addresses, consent that is taken back, and an outcome in the log.
/// Guarantees: when the call completes no mail that they don't want passes the look-up before RCPT any more, queued mail included; it
/// counts once for a message and recipient; a repeat is harmless; neither the tenant's standing nor the message's age matter.
/// Fails: false for an address that cannot be one; <see cref="StoreUnavailableException"/> while the store cannot write.
/// </summary>
public sealed class UnsubscribeDesk(ISpool spool, ISuppressions suppressions, IConsents consents, Projector projector, TimeProvider clock)
{
    private const string By = "recipient";

    /// <summary>Honours one request.</summary>
    /// <param name="detail">How it came, for the entry's record.</param>
    public async ValueTask<bool> UnsubscribeAsync(UnsubscribeReference who, UnsubscribeChoice choice, string detail, CancellationToken cancellationToken)
    {
        if (!AddressNormalForm.TryNormalise(who.Address, out var normal))
        {
            return false;
        }

        var before = await suppressions.FindAsync(who.Tenant, normal, cancellationToken);
        var now = clock.GetUtcNow();
        var own = new Suppression(who.Tenant, normal, SuppressionReason.Unsubscribe, now, By, detail)
        {
            Scope = choice == UnsubscribeChoice.Sender ? SuppressionScope.All : SuppressionScope.Bulk,
        };
        await suppressions.AddAllAsync(
            choice == UnsubscribeChoice.Everyone ? [own, own with { Tenant = Suppression.Everyone }] : [own], cancellationToken);
        await consents.RevokeAsync(who.Tenant, normal, null, now, By, cancellationToken);
        if (await RecordAsync(who, now, before, cancellationToken) is { } record)
        {
            var committed = await spool.SettleAsync([new(record)], cancellationToken);
            if (committed.Count > 0)
            {
                await projector.ProjectedAsync(committed[0].Position, cancellationToken);
            }
        }

        return true;
    }

    /// <summary>
    /// What to log: as the delivery was, as the queue has it, or, of a message that is forgotten, with no more than the link says. The log
    /// keeps one for a message and recipient; when even that is forgotten the entry that was there before tells a repeat.
    /// </summary>
    private async ValueTask<OutcomeRecord?> RecordAsync(UnsubscribeReference who, DateTimeOffset now, Suppression? before, CancellationToken cancellationToken)
    {
        var key = new EnvelopeKey(who.Message, who.Recipient);
        var bare = new OutcomeRecord
        {
            At = now,
            Kind = OutcomeKind.Unsubscribed,
            Key = key,
            Tenant = who.Tenant,
            Address = who.Address,
            Domain = DomainOf(who.Address),
        };
        if (await spool.FindAsync(who.Message, cancellationToken) is not { } message)
        {
            return before is null ? bare : null;
        }

        return message.History.LastOrDefault(record => record.Key == key && record.Kind == OutcomeKind.Delivered) is { } delivered
            ? bare with { Stream = delivered.Stream, Site = delivered.Site, Ip = delivered.Ip, Attempt = delivered.Attempt }
            : bare with { Stream = message.Stream };
    }

    private static string DomainOf(string address)
    {
        var at = address.LastIndexOf('@');
        return DomainName.TryNormalise(address.AsSpan(at + 1), out var domain) ? domain : "";
    }
}

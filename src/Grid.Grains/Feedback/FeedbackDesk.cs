using Grid.Core.Feedback;
using Grid.Core.Ingress;
using Grid.Core.Outcomes;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Counters;

namespace Grid.Grains.Feedback;

/// <summary>
/// Takes what comes back about delivered mail. In: complaints and late bounces that are believed. Out: outcomes in
/// the log, suppressed addresses. Guarantees that each counts once for a message and recipient, only where that message was delivered
/// to that recipient, and that the grains have judged it when the call completes. What matches nothing changes nothing.
/// </summary>
public sealed class FeedbackDesk(ISpool spool, IDsnNotices notices, ISuppressions suppressions, BouncedAddresses bounced, Projector projector, TimeProvider clock)
{
    /// <summary>A recipient complained. False: no such delivery.</summary>
    /// <param name="recipient">Index in the message, or <see cref="MessageToken.WholeMessage"/> where <paramref name="address"/> tells which.</param>
    /// <param name="by">Who says so, for the suppression's record.</param>
    public async ValueTask<bool> ComplaintAsync(MessageId id, int recipient, string? address, string feedbackType, string by, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, recipient, address, cancellationToken) is not { } delivered)
        {
            return false;
        }

        await SuppressAsync(delivered, SuppressionReason.Complaint, by, feedbackType, cancellationToken);
        await RecordAsync(Follow(delivered, OutcomeKind.Complained), cancellationToken);
        return true;
    }

    /// <summary>A receiver took the message and reported later that it could not be delivered. False: no such delivery.</summary>
    public async ValueTask<bool> BounceAsync(MessageId id, int recipient, string? address, SmtpReply reply, Classification why, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, recipient, address, cancellationToken) is not { } delivered)
        {
            return false;
        }

        if (why is { Ends: true, About: ReplyAbout.Recipient })
        {
            await bounced.TakeAsync(delivered, reply, clock.GetUtcNow(), cancellationToken);
        }

        await RecordAsync(
            Follow(delivered, OutcomeKind.Bounced) with { Reply = reply, Reason = why.Reason, Hard = why.Hard, About = why.About, DeliveredAt = delivered.At },
            cancellationToken,
            await IsAskedAsync(delivered, DsnAction.Failed, cancellationToken) ? DsnAction.Failed : null);
        return true;
    }

    /// <summary>A later host reports what became of a message (RFC 3461): its sender is told, where that asked for it. False: it didn't.</summary>
    /// <param name="said">Status (RFC 3463) and words.</param>
    public async ValueTask<bool> ReceiptAsync(OutcomeRecord delivered, DsnAction action, string said, CancellationToken cancellationToken)
    {
        if (!await IsAskedAsync(delivered, action, cancellationToken))
        {
            return false;
        }

        await notices.AddAsync([new(delivered.Key, action, clock.GetUtcNow(), said)], cancellationToken);
        return true;
    }

    private async ValueTask<bool> IsAskedAsync(OutcomeRecord delivered, DsnAction action, CancellationToken cancellationToken) =>
        await spool.ReadDsnAsync(delivered.Key.Message, cancellationToken) is { } wishes && DsnRules.IsAsked(wishes.For(delivered.Key.Recipient).Asked, action);

    private async ValueTask<OutcomeRecord?> FindAsync(MessageId id, int recipient, string? address, CancellationToken cancellationToken)
    {
        if (await spool.FindAsync(id, cancellationToken) is not { } message)
        {
            return null;
        }

        var deliveries = message.History.Where(r => r.Kind == OutcomeKind.Delivered);
        if (recipient != MessageToken.WholeMessage)
        {
            return deliveries.FirstOrDefault(r => r.Key.Recipient == recipient);
        }

        return address is not null && AddressNormalForm.TryNormalise(address, out var wanted)
            ? deliveries.FirstOrDefault(r => AddressNormalForm.TryNormalise(r.Address, out var normal) && normal == wanted)
            : null;
    }

    private async ValueTask RecordAsync(OutcomeRecord record, CancellationToken cancellationToken, DsnAction? tell = null)
    {
        var committed = await spool.SettleAsync([new(record) { Tell = tell }], cancellationToken);
        if (committed.Count > 0)
        {
            await projector.ProjectedAsync(committed[0].Position, cancellationToken);
        }
    }

    private async ValueTask SuppressAsync(OutcomeRecord delivered, SuppressionReason reason, string by, string? detail, CancellationToken cancellationToken)
    {
        if (AddressNormalForm.TryNormalise(delivered.Address, out var normal))
        {
            await suppressions.AddAsync(new(delivered.Tenant, normal, reason, clock.GetUtcNow(), by, detail), cancellationToken);
        }
    }

    private OutcomeRecord Follow(OutcomeRecord delivered, OutcomeKind kind) => delivered with
    {
        Position = 0,
        At = clock.GetUtcNow(),
        Kind = kind,
        Reply = null,
        Reason = ReplyReason.None,
        Hard = false,
        DeliveredAt = null,
    };
}

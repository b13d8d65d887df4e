using Grid.Contracts.Admission;
using Grid.Core.Ingress;
using Grid.Core.Outcomes;
using Grid.Core.Ports;
using Grid.Core.Queue;
using Grid.Core.Vocabulary;
using Grid.Grains.Admission;
using Grid.Grains.Queue;

namespace Grid.Grains.Ingress;

/// <summary>
/// Takes mail in, whichever gate it came through. In: submissions of one tenant. Out: mail kept durably and handed to the queue, or why
/// not. Guarantees that what is answered as accepted is committed; that a tenant out of standing or over its quota keeps nothing; that a
/// suppressed address is never queued; that a repeat under an idempotency key keeps nothing more; that a message is signed once, as it
/// is kept, not with each attempt. An unavailable store is an answer.
/// </summary>
public sealed class Intake(
    MessageIds ids, PermitBook book, ISuppressions suppressions, IMessageSigner signer, ISpool spool, HeldMail held, ActiveWindow window, RetrySchedule schedule, Readiness readiness,
    StageInstruments stages, TimeProvider clock)
{
    private const string Throttled = "throttled";

    /// <summary>Id for a message about to be submitted.</summary>
    public MessageId NextId() => ids.Next();

    public async ValueTask<IntakeResult> AcceptAsync(string tenant, IReadOnlyList<Submission> messages, IdempotencyRequest? idempotency, CancellationToken cancellationToken)
    {
        if (!readiness.IsReady)
        {
            return new IntakeResult.Unavailable("the grid is starting or stopping");
        }

        var since = stages.Now;
        var permits = book.Enter(PermitKind.Submit, Subject.Tenant(tenant));
        try
        {
            var wanted = 0;
            foreach (var message in messages)
            {
                wanted += message.Recipients.Count;
            }

            if (!await book.UseAsync(permits, wanted, cancellationToken))
            {
                return Refused(permits);
            }

            var (result, kept) = ((IntakeResult?)null, 0);
            try
            {
                // Read after a permit was taken: what the permits are not for is refused.
                var hold = permits.Hold;
                kept = hold is null ? wanted : messages.Where(m => !IsHeld(m, hold)).Sum(m => m.Recipients.Count);
                return result = kept == 0 && hold is not null
                    ? new IntakeResult.Refused(hold.Refusal, Timeout.InfiniteTimeSpan)
                    : await KeepAsync(tenant, permits.Pool, messages, hold, idempotency, cancellationToken);
            }
            catch (StoreUnavailableException e)
            {
                return new IntakeResult.Unavailable(e.Message);
            }
            finally
            {
                if (wanted - (result is IntakeResult.Accepted ? kept : 0) is > 0 and var unused)
                {
                    permits.GiveBack(clock.GetTimestamp(), unused);
                }
            }
        }
        finally
        {
            stages.Ingress(since);
            book.Leave(permits);
        }
    }

    private async ValueTask<IntakeResult> KeepAsync(string tenant, string pool, IReadOnlyList<Submission> submissions, MailHold? hold, IdempotencyRequest? idempotency, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var messages = new List<SpooledMessage>(submissions.Count);
        var accepted = new AcceptedMessage[submissions.Count];
        for (var i = 0; i < accepted.Length; i++)
        {
            if (IsHeld(submissions[i], hold))
            {
                accepted[i] = new(submissions[i].Id, [.. submissions[i].Recipients.Select(r => new AcceptedRecipient(r.Address, "refused", hold!.Refusal.Clause)), .. submissions[i].Refused]);
                continue;
            }

            (var message, accepted[i]) = await SpoolAsync(tenant, pool, submissions[i], now, cancellationToken);
            messages.Add(message);
        }

        var claim = idempotency is null ? null : new IdempotencyClaim(tenant, idempotency.Key, idempotency.RequestHash, idempotency.Render(accepted), now);
        await held.NoteAsync(tenant, submissions, now, cancellationToken);
        var reserved = window.Reserve(messages, now);
        AcceptResult result;
        try
        {
            result = await spool.AcceptAsync(new(messages, reserved, claim) { Tells = submissions[0].Tells }, cancellationToken);
        }
        catch
        {
            if (reserved)
            {
                window.Release(messages);
            }

            throw;
        }

        if (result is AcceptResult.Kept)
        {
            window.Accept(messages, reserved);
            return new IntakeResult.Accepted(accepted);
        }

        if (reserved)
        {
            window.Release(messages);
        }

        await held.ForgetAsync(tenant, submissions, cancellationToken);
        return result switch
        {
            AcceptResult.Repeated repeated => new IntakeResult.Repeated(repeated.Response),
            AcceptResult.KeyReused => new IntakeResult.KeyReused(),
            _ => throw new InvalidOperationException($"the spool answered {result}"),
        };
    }

    private async ValueTask<(SpooledMessage Message, AcceptedMessage Accepted)> SpoolAsync(string tenant, string pool, Submission submission, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var count = submission.Recipients.Count;
        var envelopes = new List<Envelope>(count);
        var ended = new List<OutcomeRecord>(0);
        var body = await signer.SignAsync(new(tenant, submission.FromDomain, submission.Id, submission.Stream, submission.Campaign, submission.Body), cancellationToken);
        var notices = new List<DsnNotice>(0);
        var accepted = new AcceptedRecipient[count];
        for (var i = 0; i < count; i++)
        {
            var recipient = submission.Recipients[i];
            var key = new EnvelopeKey(submission.Id, i);
            var notify = submission.Dsn is null ? DsnNotify.None : recipient.Notify ?? submission.NotifyByDefault;
            if (AddressNormalForm.TryNormalise(recipient.Address, out var normal) && await suppressions.FindAsync(tenant, normal, submission.Stream, cancellationToken) is { } suppression)
            {
                var clause = "suppressed-" + suppression.Reason.ToString().ToLowerInvariant();
                accepted[i] = new(recipient.Address, "suppressed", clause);
                ended.Add(new() { At = now, Kind = OutcomeKind.Suppressed, Key = key, Tenant = tenant, Address = recipient.Address, Domain = recipient.Domain, Stream = submission.Stream, Clause = clause });
                if (DsnRules.Of(notify, ended[^1], passedOn: false) is { } told)
                {
                    notices.Add(new(key, told, now));
                }

                continue;
            }

            if (notify.HasFlag(DsnNotify.Delay))
            {
                notices.Add(new(key, DsnAction.Delayed, now + submission.DelayToldAfter));
            }

            accepted[i] = submission.Held is { } why ? new(recipient.Address, "held", why.Clause) : new(recipient.Address, "queued");
            envelopes.Add(new()
            {
                Key = key,
                Tenant = tenant,
                Address = recipient.Address,
                Domain = recipient.Domain,
                Stream = submission.Stream,
                Campaign = submission.Campaign,
                Pool = pool,
                SizeBytes = body.Length,
                EightBit = submission.EightBit,
                Utf8 = submission.Utf8,
                RequireTls = submission.RequireTls,
                Notify = notify,
                HasDsnParameters = submission.Dsn is { } dsn && (dsn.Return ?? dsn.EnvelopeId ?? recipient.Original ?? (object?)recipient.Notify) is not null,
                HasNullReturnPath = submission.Tells.Count > 0,
                AnyTls = submission.AnyTls,
                RecipientCount = count,
                AcceptedAt = now,
                DueAt = submission.Held is not null ? Envelope.HeldUntil : submission.SendAt is { } sendAt && sendAt > now ? sendAt : now,
                ExpiresAt = submission.Held is not null ? Envelope.HeldUntil : (submission.SendAt is { } start && start > now ? start : now) + (submission.MaxAge ?? schedule.MaxAge),
            });
        }

        var message = new SpooledMessage
        {
            Id = submission.Id,
            Tenant = tenant,
            AcceptedAt = now,
            Stream = submission.Stream,
            Campaign = submission.Campaign,
            Details = submission.Details,
            Body = body,
            Envelopes = envelopes,
            EndedAtOnce = ended,
            Dsn = submission.Dsn is { } request ? new(request, Asked(submission)) : null,
            Notices = notices,
        };
        return (message, new(submission.Id, submission.Refused.Count == 0 ? accepted : [.. accepted, .. submission.Refused]));
    }

    private static DsnParameters[] Asked(Submission submission) =>
        [.. submission.Recipients.Index().Where(one => (one.Item.Original ?? (object?)one.Item.Notify) is not null).Select(one => new DsnParameters(one.Index, one.Item.Notify, one.Item.Original))];

    private static bool IsHeld(Submission submission, MailHold? hold) => hold?.Holds(submission.Stream, submission.Campaign) is true;

    private static IntakeResult.Refused Refused(PermitBlock permits) => permits.Refusal is { } refusal
        ? new(refusal, permits.RetryAfter)
        : new(new(Throttled, "", 0, "tenant-quota", "more recipients than the tenant's hourly or daily quota has left", []),
            permits.RetryAfter > TimeSpan.Zero ? permits.RetryAfter : TimeSpan.FromSeconds(1));
}

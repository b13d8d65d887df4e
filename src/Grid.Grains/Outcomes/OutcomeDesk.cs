using System.Threading.Channels;
using Grid.Core.Outcomes;
using Grid.Core.Ports;
using Grid.Core.Queue;
using Grid.Core.Vocabulary;
using Grid.Grains.Feedback;
using Grid.Grains.Queue;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Outcomes;

/// <summary>
/// Turns what receivers said into outcomes. In: attempts with a reply for each recipient. Out: settlements in the log, in groups;
/// envelopes that are gone or wait; suppressed addresses. Guarantees that every attempt handed in is settled exactly once, however long
/// the store is away, and that its mark is released only after the commit. Fails never: it waits.
/// </summary>
public sealed partial class OutcomeDesk(
    ISpool spool, BouncedAddresses bounced, IDeliveryMarks marks, StageInstruments stages, TimeProvider clock, RetrySchedule schedule, ILogger<OutcomeDesk> log)
{
    /// <summary>Our own system was wrongly set up (RFC 3463 x.3.5): a sending IP's proxy that brings nothing through.</summary>
    public const string WayOutStatus = "4.3.5";

    private const int Group = 512;
    private static readonly TimeSpan StoreAgain = TimeSpan.FromMilliseconds(500);

    private readonly Channel<Settling> _settling = Channel.CreateUnbounded<Settling>(new() { SingleReader = true });
    private ActiveWindow? _window;
    private int _waiting;

    /// <summary>Attempts that are not settled yet. Bounded by the envelopes in memory.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Settles an attempt: one reply for each recipient, in order.</summary>
    /// <param name="passesDsn">The receiver was told what the sender wants to hear.</param>
    public void Settle(Attempt attempt, TransactionResult result, string ip, string site, TlsFacts? tls = null, bool passesDsn = false)
    {
        var now = clock.GetUtcNow();
        for (var i = 0; i < attempt.Items.Count; i++)
        {
            var settlement = Judge(attempt.Items[i].Envelope, result.Replies[i], ip, site, now, tls: tls, command: result.Answered?[i] ?? AnsweredCommand.Unknown);
            Post(attempt.Items[i], settlement, attempt.Marks[i], passesDsn: passesDsn);
        }
    }

    /// <summary>Settles a recipient that was not attempted, by what we have to say of it ourselves (no route, site out of reach).</summary>
    public void SettleUnsent(QueueItem item, SmtpReply reply, string ip = "", string site = "") =>
        Post(item, Judge(item.Envelope, reply, ip, site, clock.GetUtcNow(), own: true), -1);

    /// <summary>Settles a recipient whose address was suppressed since it was accepted.</summary>
    public void SettleSuppressed(QueueItem item, Suppression suppression) =>
        Post(item, new(Record(item.Envelope, OutcomeKind.Suppressed, clock.GetUtcNow()) with { Clause = "suppressed-" + suppression.Reason.ToString().ToLowerInvariant() }), -1);

    /// <summary>Settles a recipient that is not to be sent any more.</summary>
    public void SettleCancelled(QueueItem item, string clause) =>
        Post(item, new(Record(item.Envelope, OutcomeKind.Cancelled, clock.GetUtcNow()) with { Clause = clause }), -1);

    /// <summary>Settles a recipient whose mailbox only pretends, as its receiver would have; what comes back after a delivery goes with it.</summary>
    public void SettleSimulated(QueueItem item)
    {
        var (reply, then) = MailboxSimulator.Answer(item.Envelope);
        var settlement = Judge(item.Envelope, reply, "", MailboxSimulator.Domain, clock.GetUtcNow());
        Post(item, settlement, -1, then is { } kind ? new(settlement.Record with { Kind = kind, Reply = null }) : null);
    }

    /// <summary>Settles what the last process was told 250 for and could not log any more.</summary>
    public async ValueTask SettleRecoveredAsync(CancellationToken cancellationToken)
    {
        var settlements = new List<Settlement>();
        foreach (var (key, at, passedOn) in marks.Recovered)
        {
            if ((await spool.FindAsync(key.Message, cancellationToken))?.Live.FirstOrDefault(e => e.Key == key) is { } envelope)
            {
                var record = Record(envelope, OutcomeKind.Delivered, at) with { Attempt = envelope.Attempts + 1, Reply = new(250, "2.0.0", "accepted before a restart") };
                settlements.Add(new(record) { Tell = DsnRules.Of(envelope.Notify, record, passedOn) });
            }
        }

        if (settlements.Count > 0)
        {
            await spool.SettleAsync(settlements, cancellationToken);
            LogRecovered(settlements.Count);
        }

        marks.ClearRecovered();
    }

    /// <summary>Commits what is handed in, group by group, until cancelled and drained.</summary>
    public async Task RunAsync(ActiveWindow window, CancellationToken cancellationToken)
    {
        _window = window;
        var group = new List<Settling>(Group);
        while (await _settling.Reader.WaitToReadAsync(cancellationToken))
        {
            while (group.Count < Group && _settling.Reader.TryRead(out var next))
            {
                group.Add(next);
            }

            await CommitAsync(group, cancellationToken);
            Interlocked.Add(ref _waiting, -group.Count);
            group.Clear();
        }
    }

    private async ValueTask CommitAsync(List<Settling> group, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                foreach (var settling in group)
                {
                    await SuppressAsync(settling.Settlement.Record, cancellationToken);
                }

                await spool.SettleAsync([.. group.Select(s => s.Settlement), .. group.Where(s => s.Then is not null).Select(s => s.Then!)], cancellationToken);
                break;
            }
            catch (StoreUnavailableException e)
            {
                LogStoreAway(e, group.Count);
                await Task.Delay(StoreAgain, clock, cancellationToken);
            }
        }

        foreach (var settling in group)
        {
            stages.Outcomes(settling.At);
            if (settling.Mark >= 0)
            {
                marks.Release(settling.Mark);
            }
        }

        _window!.Settle([.. group.Select(s => (s.Item, s.Settlement.RetryAt))]);
    }

    private async ValueTask SuppressAsync(OutcomeRecord record, CancellationToken cancellationToken)
    {
        if (Ends(record) && !MailboxSimulator.Has(record))
        {
            await bounced.TakeAsync(record, record.Reply, record.At, cancellationToken);
        }
    }

    /// <summary>Hard, or a mailbox that is there and disabled: not to be mailed again.</summary>
    private static bool Ends(OutcomeRecord record) => record is { Kind: OutcomeKind.Bounced, About: ReplyAbout.Recipient }
        && (record.Hard || (record is { Reason: ReplyReason.DisabledMailbox, Reply: { } reply } && ReplyClassifier.Classify(reply.Code, reply.Enhanced, reply.Text).Ends));

    private Settlement Judge(Envelope envelope, SmtpReply reply, string ip, string site, DateTimeOffset now, bool own = false, TlsFacts? tls = null, AnsweredCommand command = default)
    {
        var attempts = envelope.Attempts + 1;
        var record = Record(envelope, OutcomeKind.Delivered, now) with { Ip = ip, Site = site, Attempt = attempts, Reply = reply, Tls = tls };
        if (reply.IsPositive)
        {
            return new(record);
        }

        // Our own words mean what their status says: names in them must not be read for a receiver's.
        var why = ReplyClassifier.Classify(reply.Code, reply.Enhanced, own ? "" : reply.Text, command: command);
        record = record with { Reason = why.Reason, Hard = why.Hard, About = why.About };
        if (own && reply.Enhanced == WayOutStatus)
        {
            record = record with { Reason = ReplyReason.Network, About = ReplyAbout.Ip };
        }

        if (reply.IsPermanent)
        {
            return new(record with { Kind = OutcomeKind.Bounced });
        }

        return schedule.Next(attempts, envelope.AcceptedAt, now, Random.Shared.NextDouble()) is { } retryAt && retryAt <= envelope.ExpiresAt
            ? new(record with { Kind = OutcomeKind.Deferred }, retryAt)
            : new(record with { Kind = OutcomeKind.Expired });
    }

    private static OutcomeRecord Record(Envelope envelope, OutcomeKind kind, DateTimeOffset at) => new()
    {
        At = at,
        Kind = kind,
        Key = envelope.Key,
        Tenant = envelope.Tenant,
        Address = envelope.Address,
        Domain = envelope.Domain,
        Stream = envelope.Stream,
        Attempt = envelope.Attempts,
    };

    private void Post(QueueItem item, Settlement settlement, int mark, Settlement? then = null, bool passesDsn = false)
    {
        if (item.Envelope.Notify != DsnNotify.None)
        {
            settlement = settlement with { Tell = DsnRules.Of(item.Envelope.Notify, settlement.Record, passesDsn && item.Envelope.HasDsnParameters) };
        }

        Interlocked.Increment(ref _waiting);
        _settling.Writer.TryWrite(new(item, settlement, mark, stages.Now, then));
    }

    private readonly record struct Settling(QueueItem Item, Settlement Settlement, int Mark, long At, Settlement? Then);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is away; {Count} outcomes wait")]
    private partial void LogStoreAway(Exception e, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} deliveries that the last process could not log were settled")]
    private partial void LogRecovered(int count);
}

using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Outcomes;
using Grid.Storage.Sql;
using Grid.Storage.Writing;

namespace Grid.Storage.Queue;

/// <summary>
/// The durable queue.
/// In: messages to keep, outcomes to append. Out: bodies, waiting envelopes, counts, a message's history.
/// Guarantees what <see cref="ISpool"/> says; the writer's thread does every write, readers have connections of their own.
/// Fails with <see cref="StoreUnavailableException"/> while the store cannot be written, or read.
/// </summary>
/// <param name="mine">Condition on an envelope that this process owns.</param>
/// <param name="groups">The store groups rows in bounded memory, as PostgreSQL does; SQLite would sort them all in memory first.</param>
internal sealed class Spool(GroupWriter writer, ReadPool reads, Func<string> mine, bool groups) : ISpool
{
    /// <summary>Envelopes changed by one write of a flush: a few milliseconds of the writer's time.</summary>
    private const int FlushBatch = 1_000;

    private Action? _adopted;

    /// <inheritdoc />
    public void OnAdopted(Action adopted) => _adopted += adopted;

    /// <summary>Envelopes of a dead owner are this one's now.</summary>
    public void TellAdopted() => _adopted?.Invoke();

    /// <inheritdoc />
    public bool IsAvailable => writer.IsAvailable;

    /// <inheritdoc />
    public ValueTask<AcceptResult> AcceptAsync(AcceptRequest request, CancellationToken cancellationToken = default) =>
        new(writer.Add(new AcceptWrite(request), cancellationToken));

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<OutcomeRecord>> SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken = default) =>
        new(writer.Add(new SettleWrite(settlements), cancellationToken));

    /// <inheritdoc />
    public ValueTask<ReadOnlyMemory<byte>?> ReadBodyAsync(MessageId id, CancellationToken cancellationToken = default) =>
        reads.FirstAsync<ReadOnlyMemory<byte>?>("SELECT bytes FROM body WHERE message = $1", [id.Value], static row => row.GetBytes(0), cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<WaitingGroup>> WaitingAsync(string afterTenant = "", string afterDomain = "", int limit = 1_000, CancellationToken cancellationToken = default) =>
        reads.ListAsync(
            $"""
             SELECT tenant, domain, min(pool), count(*), min(due) FROM envelope WHERE waiting = 1 AND {mine()} AND (tenant, domain) > ($1, $2)
             GROUP BY tenant, domain ORDER BY tenant, domain LIMIT $3
             """,
            [afterTenant, afterDomain, limit],
            static row => new WaitingGroup(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetTime(4)),
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Envelope>> ReadWaitingAsync(
        string tenant, string domain, DateTimeOffset afterDue, EnvelopeKey afterKey, DateTimeOffset dueBy, int limit, CancellationToken cancellationToken = default) =>
        reads.ListAsync(
            $"""
             SELECT {EnvelopeColumns.All} FROM envelope
             WHERE waiting = 1 AND {mine()} AND tenant = $1 AND domain = $2 AND (due, message, recipient) > ($3, $4, $5) AND due <= $6
             ORDER BY due, message, recipient LIMIT $7
             """,
            [tenant, domain, afterDue.ToStored(), afterKey.Message.Value, afterKey.Recipient, dueBy.ToStored(), limit],
            EnvelopeColumns.Read,
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<QueueCounts> CountAsync(DateTimeOffset now, int most = 1_000, CancellationToken cancellationToken = default) =>
        reads.ScanAsync(
            async (session, cancel) =>
            {
                var tally = new QueueTally(most);
                var sql = groups ? $"SELECT {QueueTally.Grouped} FROM envelope WHERE {mine()} GROUP BY tenant, domain" : $"SELECT {QueueTally.Columns} FROM envelope WHERE {mine()}";
                do
                {
                    await session.EachAsync(sql, [now.ToStored()], tally.Add, cancel);
                }
                while (tally.Next());

                return tally.Result();
            },
            cancellationToken);

    /// <inheritdoc />
    public async ValueTask<StoredCount> CountStoredAsync(string? tenant, string? domain, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var (sql, arguments) = StoredCounts.Of(mine(), tenant, domain, now);
        var counted = await reads.ListAsync(sql, arguments, StoredCounts.Read, cancellationToken);
        return counted[0];
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Envelope>> ReadLiveAsync(string? tenant, string? domain, EnvelopeKey after, int limit, CancellationToken cancellationToken = default)
    {
        var (condition, arguments) = Filter(tenant, domain, after.Message.Value, after.Recipient, limit);
        return reads.ListAsync(
            $"SELECT {EnvelopeColumns.All} FROM envelope WHERE (message, recipient) > ($1, $2) AND {mine()}{condition} ORDER BY message, recipient LIMIT $3",
            arguments,
            EnvelopeColumns.Read,
            cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask ParkAsync(IReadOnlyList<EnvelopeKey> keys, CancellationToken cancellationToken = default) =>
        EachAsync(keys, "UPDATE envelope SET waiting = 1 WHERE message = $1 AND recipient = $2", cancellationToken);

    /// <inheritdoc />
    public ValueTask PutAsideAsync(IReadOnlyList<EnvelopeKey> keys, CancellationToken cancellationToken = default) =>
        EachAsync(keys, "UPDATE envelope SET waiting = 2 WHERE message = $1 AND recipient = $2", cancellationToken);

    /// <inheritdoc />
    public ValueTask TakeBackAsync(IReadOnlyList<EnvelopeKey> keys, CancellationToken cancellationToken = default) =>
        EachAsync(keys, "UPDATE envelope SET waiting = 1 WHERE message = $1 AND recipient = $2 AND waiting = 2", cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<string>> AsideAsync(CancellationToken cancellationToken = default) =>
        reads.ListAsync($"SELECT DISTINCT tenant FROM envelope WHERE waiting = 2 AND {mine()} ORDER BY tenant", [], static row => row.GetString(0), cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Envelope>> ReadAsideAsync(string tenant, EnvelopeKey after, int limit, CancellationToken cancellationToken = default) =>
        reads.ListAsync(
            $"""
             SELECT {EnvelopeColumns.All} FROM envelope
             WHERE waiting = 2 AND {mine()} AND tenant = $1 AND (message, recipient) > ($2, $3) ORDER BY message, recipient LIMIT $4
             """,
            [tenant, after.Message.Value, after.Recipient, limit],
            EnvelopeColumns.Read,
            cancellationToken);

    /// <inheritdoc />
    public async ValueTask<long> FlushAsync(string? tenant, string? domain, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        // Group by group and batch by batch: every step finds its rows by the waiting index and holds the writer briefly.
        var flushed = 0L;
        IReadOnlyList<WaitingGroup> groups = [];
        do
        {
            groups = await WaitingAsync(groups.Count > 0 ? groups[^1].Tenant : "", groups.Count > 0 ? groups[^1].Domain : "", FlushBatch, cancellationToken);
            foreach (var group in groups.Where(group => (tenant ?? group.Tenant) == group.Tenant && (domain ?? group.Domain) == group.Domain))
            {
                flushed += await FlushAsync(group, now, cancellationToken);
            }
        }
        while (groups.Count == FlushBatch);

        return flushed;
    }

    /// <inheritdoc />
    public async ValueTask<int> ReleaseAsync(MessageId id, DateTimeOffset now, DateTimeOffset expires, CancellationToken cancellationToken = default) =>
        await writer.Add(
            session => session.Execute(
                $"UPDATE envelope SET due = $2, expires_at = $3 WHERE message = $1 AND waiting = 1 AND {mine()} AND due >= $4", id.Value, now.ToStored(), expires.ToStored(), Envelope.HeldUntil.ToStored()),
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<StoredMessage?> FindAsync(MessageId id, CancellationToken cancellationToken = default) =>
        reads.ReadAsync(
            async (session, cancel) =>
            {
                // Live before history: a recipient that ends between the two is seen in both, never in neither.
                var live = await session.ListAsync($"SELECT {EnvelopeColumns.All} FROM envelope WHERE message = $1 ORDER BY recipient", [id.Value], EnvelopeColumns.Read, cancel);
                var history = await session.ListAsync($"SELECT {OutcomeColumns.All} FROM outcome WHERE message = $1 ORDER BY at, position", [id.Value], OutcomeColumns.Read, cancel);
                return await session.FirstAsync(
                    "SELECT tenant, accepted_at, stream, campaign, details, recipients FROM message WHERE id = $1",
                    [id.Value],
                    row => new StoredMessage(
                        id, row.GetString(0), row.GetTime(1), (MailStream)row.GetInt32(2), row.GetText(3), row.GetText(4), row.GetInt32(5), Unended(live, history), history),
                    cancel);
            },
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<DsnWishes?> ReadDsnAsync(MessageId id, CancellationToken cancellationToken = default) =>
        reads.ReadAsync(
            async (session, cancel) =>
            {
                var request = DsnRequest.Parse(await session.FirstAsync("SELECT dsn FROM message WHERE id = $1 AND dsn IS NOT NULL", [id.Value], static row => row.GetString(0), cancel));
                return request is null ? null : new DsnWishes(request, await session.ListAsync(
                    "SELECT recipient, notify, original FROM dsn_recipient WHERE message = $1 ORDER BY recipient",
                    [id.Value],
                    static row => new DsnParameters(row.GetInt32(0), row.IsDBNull(1) ? null : (DsnNotify)row.GetInt32(1), row.GetText(2)),
                    cancel));
            },
            cancellationToken);

    private async ValueTask<long> FlushAsync(WaitingGroup group, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var flushed = 0L;
        int changed;
        do
        {
            changed = await writer.Add(
                session => session.Execute(
                    $"""
                     UPDATE envelope SET due = $3 WHERE (message, recipient) IN (
                       SELECT message, recipient FROM envelope WHERE waiting = 1 AND {mine()} AND tenant = $1 AND domain = $2 AND due > $3 AND due < $5 LIMIT $4)
                     """,
                    group.Tenant, group.Domain, now.ToStored(), FlushBatch, Envelope.HeldUntil.ToStored()),
                cancellationToken);
            flushed += changed;
        }
        while (changed == FlushBatch);

        return flushed;
    }

    private async ValueTask EachAsync(IReadOnlyList<EnvelopeKey> keys, string statement, CancellationToken cancellationToken)
    {
        foreach (var batch in keys.Chunk(FlushBatch))
        {
            await writer.Add(
                session =>
                {
                    foreach (var key in batch)
                    {
                        session.Execute(statement, key.Message.Value, key.Recipient);
                    }

                    return batch.Length;
                },
                cancellationToken);
        }
    }

    private static IReadOnlyList<Envelope> Unended(IReadOnlyList<Envelope> live, IReadOnlyList<OutcomeRecord> history) =>
        history.Count == 0 ? live : live.Where(envelope => !history.Any(record => record.Key == envelope.Key && OutcomeColumns.Ends(record))).ToList();

    private static (string Condition, object?[] Arguments) Filter(string? tenant, string? domain, params object?[] first) => (tenant, domain) switch
    {
        (null, null) => ("", first),
        (null, _) => (" AND domain = $4", [.. first, domain]),
        (_, null) => (" AND tenant = $4", [.. first, tenant]),
        _ => (" AND tenant = $4 AND domain = $5", [.. first, tenant, domain]),
    };
}

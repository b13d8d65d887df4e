using System.Data.Common;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Queue;
using Grid.Storage.Sql;
using Grid.Storage.Writing;

namespace Grid.Storage.Feedback;

/// <summary>What senders are told, a row for each recipient and action, as long as their message is known. Whoever owns the mail, any process may tell it.</summary>
/// <param name="keepsBodies">True while bodies are not to go with the end of their messages.</param>
internal sealed class DsnNotices(GroupWriter writer, ReadPool reads, Func<bool> keepsBodies) : IDsnNotices
{
    private const string All = "message, recipient, action, at, said, state, report";

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<DsnNotice>> DueAsync(DateTimeOffset now, DsnNotice? after, int limit, CancellationToken cancellationToken = default) =>
        reads.ListAsync(
            $"SELECT {All} FROM dsn_notice WHERE state = 0 AND at <= $1 AND (at, message, recipient, action) > ($2, $3, $4, $5) ORDER BY at, message, recipient, action LIMIT $6",
            [now.ToStored(), after?.At.ToStored() ?? long.MinValue, after?.Key.Message.Value ?? 0, after?.Key.Recipient ?? 0, (int)(after?.Action ?? 0), limit],
            Read,
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<DsnNotice>> OfAsync(MessageId message, CancellationToken cancellationToken = default) =>
        reads.ListAsync($"SELECT {All} FROM dsn_notice WHERE message = $1 ORDER BY recipient, action", [message.Value], Read, cancellationToken);

    /// <inheritdoc />
    public async ValueTask AddAsync(IReadOnlyList<DsnNotice> notices, CancellationToken cancellationToken = default) =>
        await writer.Add(
            session => notices.Sum(notice => session.Execute(
                $"""
                 INSERT INTO dsn_notice (message, recipient, action, at, said) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (message, recipient, action) DO UPDATE SET at = excluded.at, said = excluded.said, state = 0
                 WHERE dsn_notice.state = {(int)DsnState.Overtaken} OR (dsn_notice.state = 0 AND dsn_notice.at > excluded.at)
                 """,
                notice.Key.Message.Value, notice.Key.Recipient, (int)notice.Action, notice.At.ToStored(), notice.Said)),
            cancellationToken);

    /// <inheritdoc />
    public async ValueTask EndAsync(IReadOnlyList<DsnNotice> notices, DsnState state, CancellationToken cancellationToken = default) =>
        await writer.Add(
            session =>
            {
                var ended = notices.Sum(notice => session.Execute(
                    "UPDATE dsn_notice SET state = $4 WHERE message = $1 AND recipient = $2 AND action = $3 AND state = 0",
                    notice.Key.Message.Value, notice.Key.Recipient, (int)notice.Action, (int)state));
                if (!keepsBodies())
                {
                    session.Execute($"DELETE FROM body WHERE message = $1 AND {FinishedBodies.NobodyNeeds("$1")}", notices[0].Key.Message.Value);
                }

                return ended;
            },
            cancellationToken);

    private static DsnNotice Read(DbDataReader row) => new(new(new(row.GetInt64(0)), row.GetInt32(1)), (DsnAction)row.GetInt32(2), row.GetTime(3), row.GetText(4))
    {
        State = (DsnState)row.GetInt32(5),
        Report = row.IsDBNull(6) ? null : new(row.GetInt64(6)),
    };
}

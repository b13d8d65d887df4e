using System.Data.Common;
using System.Text.Json;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;
using Grid.Storage.Writing;

namespace Grid.Storage.Enforcement;

/// <summary>
/// The ledger of decisions and the standings that follow from it.
/// In: decisions. Out: standings, pages of decisions newest first.
/// Guarantees that decision, standing and what incidents are found by change in one transaction, and that a decision whose id is known changes nothing.
/// Fails with <see cref="StoreUnavailableException"/> while the store cannot be written, or read.
/// </summary>
internal sealed class Ledger(GroupWriter writer, ReadPool reads) : ILedger
{
    private const int VerifyPage = 1000;

    /// <inheritdoc />
    public async ValueTask AppendAsync(Decision decision, CancellationToken cancellationToken = default)
    {
        var content = LedgerContent.Of(decision, JsonSerializer.Serialize(decision, LedgerJson.Default.Decision));
        await writer.Add(
            session =>
            {
                if (!LedgerChain.Append(session, content))
                {
                    return false;
                }

                IncidentEntries.Note(session, decision);
                return decision.Kind == DecisionKind.Transition && Stand(session, decision, content);
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<StandingRecord?> StandingAsync(Subject subject, CancellationToken cancellationToken = default) =>
        reads.FirstAsync("SELECT key, standing, since, json FROM standing WHERE kind = $1 AND key = $2", [(int)subject.Kind, subject.Key], row => Standing(row, subject.Kind), cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<StandingRecord>> StandingsAsync(SubjectKind kind, string afterKey, int limit, CancellationToken cancellationToken = default) =>
        reads.ListAsync(
            "SELECT key, standing, since, json FROM standing WHERE kind = $1 AND key > $2 ORDER BY key LIMIT $3", [(int)kind, afterKey, limit], row => Standing(row, kind), cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Decision>> ReadAsync(Subject? subject, string? before, int limit, CancellationToken cancellationToken = default)
    {
        // An unknown "before" finds nothing, rather than starting again from the newest.
        const string Older = "seq < (SELECT seq FROM decision WHERE id = $2)";
        return (subject, before) switch
        {
            (null, null) => List("SELECT json FROM decision ORDER BY seq DESC LIMIT $1", [limit]),
            (null, _) => List($"SELECT json FROM decision WHERE {Older} ORDER BY seq DESC LIMIT $1", [limit, before]),
            ({ } of, null) => List("SELECT json FROM decision WHERE kind = $2 AND key = $3 ORDER BY seq DESC LIMIT $1", [limit, (int)of.Kind, of.Key]),
            ({ } of, _) => List($"SELECT json FROM decision WHERE {Older} AND kind = $3 AND key = $4 ORDER BY seq DESC LIMIT $1", [limit, before, (int)of.Kind, of.Key]),
        };

        ValueTask<IReadOnlyList<Decision>> List(string sql, object?[] arguments) => reads.ListAsync(sql, arguments, static row => Parse(row.GetString(0)), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<LedgerEntry?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        reads.FirstAsync($"SELECT {LedgerRow.Columns} FROM decision WHERE id = $1 AND link IS NOT NULL", [id], Entry, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<LedgerEntry>> ReadForwardAsync(long afterLink, int limit, CancellationToken cancellationToken = default) =>
        reads.ListAsync($"SELECT {LedgerRow.Columns} FROM decision WHERE link > $1 ORDER BY link LIMIT $2", [afterLink, limit], Entry, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<LedgerVerification> VerifyAsync(CancellationToken cancellationToken = default)
    {
        var audit = new LedgerAudit();
        var (after, head) = (0L, (Link: -1L, Hash: Array.Empty<byte>()));
        while (!audit.IsFull)
        {
            var page = await reads.ListAsync(
                $"SELECT {LedgerRow.Columns} FROM decision WHERE link > $1 ORDER BY link LIMIT $2", [after, VerifyPage], LedgerRow.Read, cancellationToken);
            foreach (var row in page)
            {
                audit.Next(row);
                after = row.Link;
            }

            // What was appended meanwhile is looked at too; what the head knows and isn't there when asked twice is gone.
            if (page.Count == 0)
            {
                var before = head.Link;
                head = await reads.FirstAsync(LedgerChain.HeadSql, [], LedgerChain.ReadHead, cancellationToken);
                if (head.Link <= after || head.Link == before)
                {
                    break;
                }
            }
        }

        foreach (var id in await reads.ListAsync("SELECT id FROM decision WHERE link IS NULL LIMIT $1", [LedgerAudit.MaxFaults], static row => row.GetString(0), cancellationToken))
        {
            audit.Unchained(id);
        }

        return audit.Conclude(head.Link, head.Hash);
    }

    private static bool Stand(SqlSession session, Decision decision, LedgerContent content) => session.Execute(
        """
        INSERT INTO standing (kind, key, standing, since, json) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (kind, key) DO UPDATE SET
          standing = excluded.standing, json = excluded.json, since = CASE WHEN $6 = 1 THEN excluded.since ELSE standing.since END
        """,
        content.Kind, content.Key, (int)decision.To, content.At, content.Json, decision.From == decision.To ? 0 : 1) > 0;

    private static LedgerEntry Entry(DbDataReader row)
    {
        var found = LedgerRow.Read(row);
        return new(Parse(found.Content.Json), found.Link, Convert.ToHexStringLower(found.Previous), Convert.ToHexStringLower(found.Hash));
    }

    private static StandingRecord Standing(DbDataReader row, SubjectKind kind) =>
        new(new(kind, row.GetString(0)), (Standing)row.GetInt32(1), row.GetTime(2), Parse(row.GetString(3)));

    private static Decision Parse(string json) => JsonSerializer.Deserialize(json, LedgerJson.Default.Decision)!;
}

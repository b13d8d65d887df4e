using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Outcomes;
using Grid.Storage.Queue;
using Grid.Storage.Sql;
using Grid.Storage.Writing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Grid.Storage.Sqlite;

/// <summary>The embedded store's writing connection: accepting and settling by statements that stay prepared.</summary>
internal sealed class SqliteWriteSession : IWriteSession
{
    private readonly SqlSession _session;
    private readonly sqlite3 _database;
    private readonly Checkpointer _checkpointer;
    private readonly FinishedBodies _finished;
    private readonly List<OutcomeRecord> _appended = [];
    private readonly List<long> _ended = [];
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _insertMessage;
    private readonly SqliteStatement _insertBody;
    private readonly SqliteStatement _insertEnvelope;
    private readonly SqliteStatement _deleteEnvelope;
    private readonly SqliteStatement _deferEnvelope;
    private readonly SqliteStatement _insertOutcome;
    private readonly SqliteStatement _deleteBody;
    private readonly SqliteStatement _findClaim;
    private readonly SqliteStatement _insertClaim;
    private readonly SqliteStatement[] _all;
    private readonly SqliteDsn _dsn;
    private long _position;

    public SqliteWriteSession(SqlSession session, Checkpointer checkpointer, FinishedBodies finished, long lastPosition)
    {
        _session = session;
        _checkpointer = checkpointer;
        _finished = finished;
        _database = ((SqliteConnection)session.Connection).Handle!;
        _position = LastPosition = lastPosition;
        _dsn = new(_database);
        _all =
        [
            _begin = new(_database, "BEGIN IMMEDIATE"),
            _commit = new(_database, "COMMIT"),
            _rollback = new(_database, "ROLLBACK"),
            _insertMessage = new(_database, "INSERT INTO message (id, tenant, accepted_at, stream, campaign, details, recipients, dsn) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
            _insertBody = new(_database, "INSERT INTO body (message, bytes) VALUES (?, ?)"),
            _insertEnvelope = new(_database, $"INSERT INTO envelope ({EnvelopeColumns.All}, waiting) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
            _deleteEnvelope = new(_database, "DELETE FROM envelope WHERE message = ? AND recipient = ?"),
            _deferEnvelope = new(_database, "UPDATE envelope SET attempts = ?, due = ?, waiting = 1 WHERE message = ? AND recipient = ?"),
            _insertOutcome = new(_database, $"INSERT INTO outcome ({OutcomeColumns.All}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (message, recipient, kind) WHERE kind IN (7, 8) OR delivered_at IS NOT NULL DO NOTHING"),
            _deleteBody = new(_database, "DELETE FROM body WHERE message = ?1 AND " + FinishedBodies.NobodyNeeds("?1")),
            _findClaim = new(_database, "SELECT hash, response, at FROM idempotency WHERE tenant = ? AND key = ?"),
            _insertClaim = new(_database, "INSERT OR REPLACE INTO idempotency (tenant, key, hash, response, at) VALUES (?, ?, ?, ?, ?)"),
        ];
    }

    /// <inheritdoc />
    public long LastPosition { get; private set; }

    /// <inheritdoc />
    public void Begin()
    {
        _position = LastPosition;
        _appended.Clear();
        _ended.Clear();
        _begin.Execute();
    }

    /// <inheritdoc />
    public void Apply(ReadOnlySpan<Write> group)
    {
        foreach (var write in group)
        {
            switch (write)
            {
                case AcceptWrite accept:
                    accept.Result = Accept(accept.Request);
                    break;
                case SettleWrite settle:
                    settle.Result = Settle(settle.Settlements);
                    break;
                case ISqlWrite sql:
                    sql.Run(_session);
                    break;
                default:
                    throw new InvalidOperationException($"no way to apply a {write.GetType().Name}");
            }
        }

        // While mail flows, bodies of earlier groups go with this transaction and cost no commit of their own.
        Delete(_ended.Count * 2);
    }

    /// <inheritdoc />
    public IReadOnlyList<OutcomeRecord> Commit()
    {
        _commit.Execute();
        LastPosition = _position;
        _finished.Add(_ended);
        _checkpointer.AfterCommit();
        return _appended.Count == 0 ? [] : _appended.ToArray();
    }

    /// <inheritdoc />
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_database) == 0)
        {
            _rollback.Execute();
        }
    }

    /// <inheritdoc />
    public bool IsOutage(Exception exception) => SqliteFailures.IsOutage(exception);

    /// <inheritdoc />
    public IReadOnlyList<OutcomeRecord> Probe()
    {
        // A few pages, so that a disk with room for none of them isn't taken for a working one.
        Begin();
        try
        {
            _session.Execute("INSERT OR REPLACE INTO meta (name, number, bytes) VALUES ('probe', 0, zeroblob(131072))");
            _commit.Execute();
            _begin.Execute();
            _session.Execute("DELETE FROM meta WHERE name = 'probe'");
            _commit.Execute();
        }
        finally
        {
            Rollback();
        }

        var found = _session.List($"SELECT {OutcomeColumns.All} FROM outcome WHERE position > $1 ORDER BY position", OutcomeColumns.Read, LastPosition);
        LastPosition = found.Count > 0 ? found[^1].Position : LastPosition;
        return found;
    }

    /// <inheritdoc />
    public bool Tidy()
    {
        if (_finished.Count == 0)
        {
            _checkpointer.WhenIdle();
            return false;
        }

        Begin();
        Delete(FinishedBodies.Batch);
        Commit();
        return true;
    }

    public void Dispose()
    {
        foreach (var statement in _all)
        {
            statement.Dispose();
        }

        _dsn.Dispose();
        _session.Dispose();
    }

    private void Delete(int most)
    {
        for (; most > 0 && _finished.TryTake(out var message); most--)
        {
            _deleteBody.Bind(message).Execute();
        }
    }

    private AcceptResult Accept(AcceptRequest request)
    {
        if (request.Idempotency is { } claim && Claim(claim) is { } earlier)
        {
            return earlier;
        }

        if (!_dsn.Tell(request, _ended))
        {
            return AcceptWrite.Told;
        }

        foreach (var message in request.Messages)
        {
            Insert(message, request.ToMemory);
        }

        return AcceptWrite.Kept;
    }

    private AcceptResult? Claim(IdempotencyClaim claim)
    {
        byte[] hash = [], response = [];
        var at = 0L;
        var found = _findClaim.Bind(claim.Tenant).Bind(claim.Key).First(row =>
        {
            hash = raw.sqlite3_column_blob(row, 0).ToArray();
            response = raw.sqlite3_column_blob(row, 1).ToArray();
            at = raw.sqlite3_column_int64(row, 2);
        });
        if (found && Idempotency.Holds(at, claim.At))
        {
            return hash.AsSpan().SequenceEqual(claim.RequestHash.Span) ? new AcceptResult.Repeated(response) : AcceptWrite.KeyReused;
        }

        _insertClaim.Bind(claim.Tenant).Bind(claim.Key).Bind(claim.RequestHash.Span).Bind(claim.Response.Span).Bind(claim.At.ToStored()).Execute();
        return null;
    }

    private void Insert(SpooledMessage message, bool toMemory)
    {
        _insertMessage.Bind(message.Id.Value).Bind(message.Tenant).Bind(message.AcceptedAt.ToStored()).Bind((long)message.Stream)
            .Bind(message.Campaign).Bind(message.Details).Bind(message.Envelopes.Count + message.EndedAtOnce.Count).Bind(message.Dsn?.Request.Text).Execute();
        _dsn.Keep(message);
        if (message.Envelopes.Count + message.Notices.Count > 0)
        {
            _insertBody.Bind(message.Id.Value).Bind(message.Body.Span).Execute();
        }

        foreach (var envelope in message.Envelopes)
        {
            _insertEnvelope.Bind(envelope.Key.Message.Value).Bind(envelope.Key.Recipient).Bind(envelope.Tenant).Bind(envelope.Domain).Bind(envelope.Address)
                .Bind(envelope.Pool).Bind(EnvelopeColumns.Flags(envelope)).Bind(envelope.SizeBytes).Bind(envelope.RecipientCount).Bind(envelope.Attempts)
                .Bind(envelope.AcceptedAt.ToStored()).Bind(envelope.DueAt.ToStored()).Bind(envelope.ExpiresAt.ToStored()).Bind(envelope.Campaign).Bind(!toMemory).Execute();
        }

        foreach (var record in message.EndedAtOnce)
        {
            Append(record);
        }
    }

    private List<OutcomeRecord> Settle(IReadOnlyList<Settlement> settlements)
    {
        var committed = new List<OutcomeRecord>(settlements.Count);
        foreach (var settlement in settlements)
        {
            var record = settlement.Record;
            if (OutcomeColumns.Ends(record))
            {
                if (_deleteEnvelope.Bind(record.Key.Message.Value).Bind(record.Key.Recipient).Execute() == 0)
                {
                    continue;
                }

                _ended.Add(record.Key.Message.Value);
            }
            else if (record.Kind == OutcomeKind.Deferred && Defer(settlement) == 0)
            {
                continue;
            }

            if (Append(record) is { } appended)
            {
                committed.Add(appended);
                _dsn.Note(settlement);
            }
        }

        return committed;
    }

    private int Defer(Settlement settlement)
    {
        var record = settlement.Record;
        return _deferEnvelope.Bind(record.Attempt).Bind((settlement.RetryAt ?? record.At).ToStored()).Bind(record.Key.Message.Value).Bind(record.Key.Recipient).Execute();
    }

    /// <summary>Null for a repeat of what may only be logged once.</summary>
    private OutcomeRecord? Append(OutcomeRecord record)
    {
        var position = _position + 1;
        _insertOutcome.Bind(position).Bind(record.At.ToStored()).Bind((long)record.Kind).Bind(record.Key.Message.Value).Bind(record.Key.Recipient)
            .Bind(record.Tenant).Bind(record.Address).Bind(record.Domain).Bind((long)record.Stream).Bind(record.Site).Bind(record.Ip).Bind(record.Attempt)
            .Bind(record.Reply?.Code).Bind(record.Reply?.Enhanced).Bind(record.Reply?.Text).Bind((long)record.Reason).Bind((long)record.About)
            .Bind(record.Hard).Bind(record.DeliveredAt?.ToStored()).Bind(record.Clause).Bind(record.Tls?.Text);
        if (_insertOutcome.Execute() == 0)
        {
            return null;
        }

        _position = position;
        var appended = record with { Position = position };
        _appended.Add(appended);
        return appended;
    }
}

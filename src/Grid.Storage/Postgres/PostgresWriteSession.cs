using System.Globalization;
using System.Runtime.InteropServices;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Outcomes;
using Grid.Storage.Queue;
using Grid.Storage.Sql;
using Grid.Storage.Writing;
using Npgsql;

namespace Grid.Storage.Postgres;

/// <summary>
/// The writing connection to PostgreSQL. A group costs a look-up and one batch whatever its size: rows go as arrays, and what the
/// settlements do is worked out in memory between the two.
/// </summary>
internal sealed class PostgresWriteSession : IWriteSession
{
    private readonly Func<SqlSession> _open;
    private readonly PostgresOwner _owner;
    private readonly Func<SqlSession, long> _readLastPosition;
    private readonly FinishedBodies _finished;
    private readonly PostgresClaims _claims = new();
    private readonly MessageRows _messages = new();
    private readonly BodyRows _bodies = new();
    private readonly EnvelopeRows _envelopes = new();
    private readonly OutcomeRows _outcomes = new();
    private readonly DeferralRows _deferrals = new();
    private readonly DsnRecipientRows _asked = new();
    private readonly DsnNoticeRows _notices = new();
    private readonly MessageIdRows _bodiesToDelete = new();
    private readonly KeyRows _find = new(
        "SELECT e.message, e.recipient, e.owner FROM {rows} AS u (message, recipient) JOIN envelope e ON e.message = u.message AND e.recipient = u.recipient ORDER BY 1, 2 FOR UPDATE OF e");

    private readonly KeyRows _findFollowed = new(
        """
        SELECT o.message, o.recipient, o.kind FROM {rows} AS u (message, recipient) JOIN outcome o ON o.message = u.message AND o.recipient = u.recipient
        WHERE o.kind IN (7, 8) OR o.delivered_at IS NOT NULL
        """);

    private readonly KeyRows _delete = new("DELETE FROM envelope USING {rows} AS u (message, recipient) WHERE envelope.message = u.message AND envelope.recipient = u.recipient");
    private readonly List<AcceptWrite> _accepts = [];
    private readonly List<SettleWrite> _settles = [];
    private readonly List<OutcomeRecord> _appended = [];
    private readonly List<long> _ended = [];
    private SqlSession _session;
    private NpgsqlTransaction? _transaction;
    private long _position;
    private string? _transactionId;

    public PostgresWriteSession(SqlSession session, Func<SqlSession> open, PostgresOwner owner, Func<SqlSession, long> readLastPosition, FinishedBodies finished)
    {
        _session = session;
        _open = open;
        _owner = owner;
        _readLastPosition = readLastPosition;
        _finished = finished;
        LastPosition = readLastPosition(session);
    }

    /// <inheritdoc />
    public long LastPosition { get; private set; }

    private NpgsqlConnection Connection => (NpgsqlConnection)_session.Connection;

    /// <inheritdoc />
    public void Begin()
    {
        _position = LastPosition;
        _appended.Clear();
        _ended.Clear();
        _transactionId = null;
        _transaction = Connection.BeginTransaction();
    }

    /// <inheritdoc />
    public void Apply(ReadOnlySpan<Write> group)
    {
        _accepts.Clear();
        _settles.Clear();
        foreach (var write in group)
        {
            switch (write)
            {
                case AcceptWrite accept:
                    _accepts.Add(accept);
                    break;
                case SettleWrite settle:
                    _settles.Add(settle);
                    break;
                case ISqlWrite sql:
                    ApplyMail();
                    sql.Run(_session);
                    break;
                default:
                    throw new InvalidOperationException($"no way to apply a {write.GetType().Name}");
            }
        }

        ApplyMail();
    }

    /// <inheritdoc />
    public IReadOnlyList<OutcomeRecord> Commit()
    {
        try
        {
            _transaction!.Commit();
        }
        catch (Exception exception) when (PostgresFailures.IsOutage(exception) && _transactionId is not null)
        {
            // The answer is lost; only the server knows whether the commit is.
            if (!Committed(_transactionId))
            {
                throw;
            }
        }

        LastPosition = _position;
        _finished.Add(_ended);
        return _appended.Count == 0 ? [] : _appended.ToArray();
    }

    /// <inheritdoc />
    public void Rollback()
    {
        if (_transaction is { Connection: not null })
        {
            _transaction.Rollback();
        }
    }

    /// <inheritdoc />
    public bool IsOutage(Exception exception) => PostgresFailures.IsOutage(exception) || Connection.State != System.Data.ConnectionState.Open;

    /// <inheritdoc />
    public IReadOnlyList<OutcomeRecord> Probe()
    {
        Reconnect();
        _owner.Renew(_session);
        var before = LastPosition;
        LastPosition = _readLastPosition(_session);
        return _session.List(
            $"SELECT {OutcomeColumns.All} FROM outcome WHERE owner = $1 AND position > $2 ORDER BY position", OutcomeColumns.Read, _owner.Id, before);
    }

    /// <inheritdoc />
    public bool Tidy()
    {
        if (_finished.Count == 0)
        {
            return false;
        }

        Begin();
        using (var batch = new NpgsqlBatch(Connection))
        {
            AddDeletions(batch, FinishedBodies.Batch);
            batch.ExecuteNonQuery();
        }

        Commit();
        return true;
    }

    public void Dispose() => _session.Dispose();

    private void Reconnect()
    {
        _session.Dispose();
        _session = _open();
        _owner.Take(_session);
    }

    private bool Committed(string transactionId)
    {
        Reconnect();
        return _session.Scalar("SELECT pg_xact_status(CAST($1 AS xid8))", transactionId) is "committed";
    }

    private void ApplyMail()
    {
        if (_accepts.Count + _settles.Count == 0)
        {
            return;
        }

        foreach (var rows in (ReadOnlySpan<Rows>)[_messages, _bodies, _envelopes, _outcomes, _deferrals, _delete, _asked, _notices])
        {
            rows.Clear();
        }

        _claims.Resolve(Connection, _accepts);
        DsnNoticeRows.Resolve(_session, _accepts, _ended);
        var fold = new SettlementFold();
        if (_settles.Count > 0)
        {
            LookUp(fold);
        }

        foreach (var accept in _accepts)
        {
            if (accept.Result is AcceptResult.Kept)
            {
                Keep(accept.Request, fold);
            }
        }

        foreach (var settle in _settles)
        {
            settle.Result = Settle(settle.Settlements, fold);
        }

        Write(fold);
        _accepts.Clear();
        _settles.Clear();
    }

    private void LookUp(SettlementFold fold)
    {
        _find.Clear();
        _findFollowed.Clear();
        foreach (var settlement in _settles.SelectMany(settle => settle.Settlements))
        {
            (OutcomeColumns.Follows(settlement.Record) ? _findFollowed : _find).Add(settlement.Record.Key);
        }

        using var batch = new NpgsqlBatch(Connection);
        _find.AddTo(batch);
        _findFollowed.AddTo(batch);
        if (batch.BatchCommands.Count == 0)
        {
            return;
        }

        using var reader = batch.ExecuteReader();
        while (_find.Count > 0 && reader.Read())
        {
            fold.AddLive(new(new(reader.GetInt64(0)), reader.GetInt32(1)), reader.GetInt32(2) == _owner.Id);
        }

        if (_findFollowed.Count > 0 && (_find.Count == 0 || reader.NextResult()))
        {
            while (reader.Read())
            {
                fold.AddFollowed(new(new(reader.GetInt64(0)), reader.GetInt32(1)), (OutcomeKind)reader.GetInt32(2));
            }
        }
    }

    private void Keep(AcceptRequest request, SettlementFold fold)
    {
        foreach (var message in request.Messages)
        {
            _messages.Add(message);
            _asked.Add(message);
            _notices.Add(message);
            if (message.Envelopes.Count + message.Notices.Count > 0)
            {
                _bodies.Add(message);
            }

            foreach (var envelope in message.Envelopes)
            {
                _envelopes.Add(envelope, request.ToMemory, _owner.Id);
                fold.AddLive(envelope.Key, mine: true);
            }

            foreach (var record in message.EndedAtOnce)
            {
                Append(record);
            }
        }
    }

    private List<OutcomeRecord> Settle(IReadOnlyList<Settlement> settlements, SettlementFold fold)
    {
        var committed = new List<OutcomeRecord>(settlements.Count);
        foreach (var settlement in settlements)
        {
            if (fold.Take(settlement))
            {
                committed.Add(Append(settlement.Record));
                _notices.Add(settlement);
            }
        }

        return committed;
    }

    private OutcomeRecord Append(OutcomeRecord record)
    {
        var appended = record with { Position = ++_position };
        _appended.Add(appended);
        _outcomes.Add(appended, _owner.Id);
        return appended;
    }

    private void Write(SettlementFold fold)
    {
        foreach (var key in fold.Ended)
        {
            _delete.Add(key);
            _ended.Add(key.Message.Value);
        }

        foreach (var settlement in fold.Deferred.Values)
        {
            _deferrals.Add(settlement);
        }

        using var batch = new NpgsqlBatch(Connection);
        foreach (var rows in (ReadOnlySpan<Rows>)[_messages, _bodies, _envelopes, _outcomes, _deferrals, _delete, _asked, _notices])
        {
            rows.AddTo(batch);
        }

        AddDeletions(batch, _ended.Count * 2);
        batch.BatchCommands.Add(new("SELECT CAST(pg_current_xact_id() AS text)"));
        using var reader = batch.ExecuteReader();
        do
        {
            while (reader.Read())
            {
                _transactionId = reader.GetString(0);
            }
        }
        while (reader.NextResult());
    }

    /// <summary>While mail flows, bodies of earlier groups go with this transaction and cost no commit of their own.</summary>
    private void AddDeletions(NpgsqlBatch batch, int most)
    {
        _bodiesToDelete.Clear();
        for (; most > 0 && _finished.TryTake(out var message); most--)
        {
            _bodiesToDelete.Add(message);
        }

        _bodiesToDelete.AddTo(batch);
    }
}
